import { exponential } from "../../../shared/core/distribution.ts";
import { RandomStreams } from "../../../shared/core/random.ts";
import { EVENT, Kernel } from "../../../shared/sim/kernel.ts";

const MEAN_GAP_US = 1_250;
const MEAN_SERVICE_US = 1_000;

/**
 * An M/M/1 queue as a plain program over the kernel: two events a customer, four fifths of the server's time in use.
 * Returns the mean time in the system, µs: 5,000 by theory.
 */
export function singleServer(customers: number): number {
  const kernel = new Kernel();
  const streams = new RandomStreams("bench");
  const arrivals = streams.stream("arrivals", "queue");
  const service = streams.stream("service", "queue");
  const gap = exponential(MEAN_GAP_US);
  const work = exponential(MEAN_SERVICE_US);
  const cameAtUs = new Float64Array(customers);
  let came = 0;
  let served = 0;
  let stayedUs = 0;
  const begin = (): void => void kernel.after(work.sample(service), EVENT.workDone, 0, 0, null);
  kernel.on(EVENT.arrival, () => {
    cameAtUs[came++] = kernel.nowUs;
    if (came < customers) kernel.after(gap.sample(arrivals), EVENT.arrival, 0, 0, null);
    if (came - served === 1) begin();
  });
  kernel.on(EVENT.workDone, () => {
    stayedUs += kernel.nowUs - cameAtUs[served++]!;
    if (came > served) begin();
  });
  kernel.after(gap.sample(arrivals), EVENT.arrival, 0, 0, null);
  kernel.runUntil(2 * customers * MEAN_GAP_US);
  return stayedUs / served;
}

import { exponential } from "../../../shared/core/distribution.ts";
import { RandomStreams } from "../../../shared/core/random.ts";
import type { EventQueue } from "../../../shared/sim/eventQueue.ts";
import { TimingWheel } from "../../../shared/sim/timingWheel.ts";
import { cpuSeconds, median } from "./figure.ts";

const MEAN_DELAY_US = 20_000;
const ROUNDS = 5;

/**
 * Events per CPU second of the bare event queue, doing nothing at an event but scheduling the next one: the floor under any
 * simulation on this machine. `pending` events wait at any time, with exponential delays (the hold model).
 * Source: Jones 1986, "An empirical comparison of priority-queue and event-set implementations".
 */
export function eventQueueFloor(pending: number, events: number): number {
  return median(Array.from({ length: ROUNDS }, () => hold(new TimingWheel(), pending, events)));
}

function hold(queue: EventQueue, pending: number, events: number): number {
  const stream = new RandomStreams("bench").stream("delays", "hold");
  const distribution = exponential(MEAN_DELAY_US);
  const delay = (): number => 1 + Math.floor(distribution.sample(stream));
  for (let i = 0; i < pending; i++) queue.schedule(delay(), 1, i, 0, null);
  const seconds = cpuSeconds(() => {
    for (let i = 0; i < events; i++) {
      queue.next();
      queue.schedule(queue.atUs + delay(), 1, queue.a, 0, null);
    }
  });
  return events / seconds;
}

import { exponential } from "../../../shared/core/distribution.ts";
import { RandomStreams } from "../../../shared/core/random.ts";
import { NO_HANDLE, type Handle } from "../../../shared/sim/eventQueue.ts";
import { EVENT, Kernel } from "../../../shared/sim/kernel.ts";

const SERVERS = 12;
const MEAN_GAP_US = 125;
const MEAN_SERVICE_US = 1_000;
const MEAN_WAY_US = 300;
const GIVE_UP_US = 400_000;

/** A request on its way, with the server that has it. */
interface Travelling {
  readonly request: number;
  readonly server: number;
}

/** Where a message arrives. */
const AT = { balancer: 0, server: 1, balancerAgain: 2, client: 3 } as const;

/**
 * Clients, a balancer that asks twelve servers in turn, and first-in-first-out servers, as a plain program over the
 * kernel. A request is six events (it comes, reaches the balancer, a server, is worked on, and goes back the same way)
 * and a timer that its answer cancels. Returns how many were answered.
 */
export function balancerModel(requests: number): number {
  const kernel = new Kernel();
  const streams = new RandomStreams("bench");
  const [arrivals, ways, services] = ["arrivals", "ways", "services"].map((name) => streams.stream(name, "balancer"));
  const gap = exponential(MEAN_GAP_US);
  const way = exponential(MEAN_WAY_US);
  const work = exponential(MEAN_SERVICE_US);
  const giveUp = new Array<Handle>(requests).fill(NO_HANDLE);
  const queues = Array.from({ length: SERVERS }, (): Travelling[] => []);
  let came = 0;
  let answered = 0;

  const send = (to: number, payload: Travelling): void => void kernel.after(way.sample(ways!), EVENT.deliver, to, 0, payload);
  const begin = (one: Travelling): void => void kernel.after(work.sample(services!), EVENT.workDone, one.server, 0, one);
  const deliver = (to: number, one: Travelling): void => {
    if (to === AT.balancer) send(AT.server, { request: one.request, server: one.request % SERVERS });
    else if (to === AT.balancerAgain) send(AT.client, one);
    else if (to === AT.server) {
      if (queues[one.server]!.push(one) === 1) begin(one);
    } else if (kernel.cancel(giveUp[one.request]!)) answered++;
  };

  kernel.on(EVENT.arrival, () => {
    const request = came++;
    giveUp[request] = kernel.after(GIVE_UP_US, EVENT.giveUp, request, 0, null);
    send(AT.balancer, { request, server: -1 });
    if (came < requests) kernel.after(gap.sample(arrivals!), EVENT.arrival, 0, 0, null);
  });
  kernel.on(EVENT.deliver, (to, _, payload) => deliver(to, payload as Travelling));
  kernel.on(EVENT.workDone, (server, _, payload) => {
    const queue = queues[server]!;
    queue.shift();
    send(AT.balancerAgain, payload as Travelling);
    if (queue.length > 0) begin(queue[0]!);
  });
  kernel.on(EVENT.giveUp, () => {});
  kernel.after(gap.sample(arrivals!), EVENT.arrival, 0, 0, null);
  kernel.runUntil(2 * requests * MEAN_GAP_US + 2 * GIVE_UP_US);
  return answered;
}

import { constant, exponential } from "../../shared/core/distribution.ts";
import { US_PER_SECOND, type Us } from "../../shared/core/time.ts";
import { single } from "../../shared/protocols/single.ts";
import { World } from "../../shared/sim/world.ts";
import { BARE, groupOf, place } from "./replicas.ts";
import { readers, TimesInSystem } from "./timesInSystem.ts";

/** A machine with a store on it, in Kendall's terms: M arrivals, M or D service, `servers` workers, `room` for that many. */
export interface StationSetup {
  readonly service: "M" | "D";
  readonly servers: number;
  /** Requests in the system at most, those being served included; Infinity without a bound. */
  readonly room: number;
  /** Load offered per server. */
  readonly load: number;
  /** Requests to simulate. */
  readonly requests: number;
  readonly seed: string;
}

/** What was measured; times in mean service times, as the textbooks have them. */
export interface StationFigures {
  readonly timeInSystem: number;
  /** Mean number of requests on the machine, looked up again and again; not derived from the times. */
  readonly inSystem: number;
  /** Requests that were let in, per mean service time. */
  readonly throughput: number;
  /** Share turned away. */
  readonly blocked: number;
  /** Busy share of the workers. */
  readonly busy: number;
}

/** Long against the few microseconds that the network takes here. */
const SERVICE_US: Us = 100_000;
/** The machine is looked at this often between two arrivals, on average. */
const LOOKS = 4;
/** The first tenth is warm-up. */
const WARM_UP = 0.1;

/** Runs a machine under Poisson arrivals through the whole stack: traffic, network, replica, CPU queue and back. */
export function runStation({ service, servers, room, load, requests, seed }: StationSetup): StationFigures {
  const perSecond = (load * servers * US_PER_SECOND) / SERVICE_US;
  const untilUs = Math.round((requests / perSecond) * US_PER_SECOND);
  const fromUs = Math.round(untilUs * WARM_UP);
  const world = new World(1, () => ({ p50Ms: 0, p99Ms: 0 }), seed);
  const queueCap = room === Infinity ? Infinity : room - servers;
  const machine = world.addMachine({ name: "station", zone: 0, workers: servers, queueCap, syncUs: 1 });
  const costUs = service === "M" ? exponential(SERVICE_US) : constant(SERVICE_US);
  const { process } = place(world, groupOf(single, BARE, costUs), 0, 0, 1);
  const times = new TimesInSystem(world, fromUs);
  const traffic = readers(world, process, perSecond, untilUs, times);

  world.kernel.runUntil(fromUs);
  const busyBeforeUs = machine.busyUs();
  const stepUs = Math.round(US_PER_SECOND / perSecond / LOOKS);
  let looks = 0;
  let seen = 0;
  for (let atUs = fromUs + stepUs; atUs <= untilUs; atUs += stepUs) {
    world.kernel.runUntil(atUs);
    looks++;
    seen += machine.busy + machine.queueDepth;
  }
  const busyUs = machine.busyUs() - busyBeforeUs;
  while (traffic.open > 0) world.kernel.runUntil(world.kernel.nowUs + SERVICE_US);

  const spanUs = untilUs - fromUs;
  return {
    timeInSystem: times.meanUs / SERVICE_US,
    inSystem: seen / looks,
    throughput: (times.answered * SERVICE_US) / spanUs,
    blocked: times.refused / times.asked,
    busy: busyUs / (spanUs * servers),
  };
}

import { exp, ln, normalQuantile } from "../core/maths.ts";
import type { Ms } from "../core/time.ts";
import type { ReplicaId, Topology } from "./protocol.ts";

/** One part of a request that takes now more, now less time: mean, ms, and variance, ms². */
export interface Leg {
  readonly mean: Ms;
  readonly variance: number;
}

/** The parts of a request that come one after the other: ways and work, and what always takes the same. */
export interface Path {
  readonly fixedMs: Ms;
  readonly legs: readonly Leg[];
}

/** Typical and slow duration of requests. */
export interface Times {
  readonly p50: Ms;
  readonly p99: Ms;
}

/** A leg that is not taken. */
export const NO_LEG: Leg = { mean: 0, variance: 0 };

/** Work at a CPU that nobody else uses. */
function work({ spread }: Topology, meanMs: Ms): Leg {
  return { mean: meanMs, variance: spread === "fixed" ? 0 : meanMs * meanMs };
}

/** From one zone to another: log-normal, given by its median and 99th percentile. */
export function oneWay(topology: Topology, fromZone: number, toZone: number): Leg {
  const median = topology.legMsP50(fromZone, toZone);
  const slow = topology.legMsP99(fromZone, toZone);
  if (!(median > 0 && slow > median)) return { mean: median, variance: 0 };
  const sigma = ln(slow / median) / Z99;
  const mean = median * exp((sigma * sigma) / 2);
  return { mean, variance: mean * mean * (exp(sigma * sigma) - 1) };
}

/** There and back between two zones. */
export function roundTrip(topology: Topology, fromZone: number, toZone: number): Leg {
  return together([oneWay(topology, fromZone, toZone), oneWay(topology, toZone, fromZone)]);
}

/** Legs one after the other as one. */
export function together(legs: readonly Leg[]): Leg {
  const sum = (of: (leg: Leg) => number): number => legs.reduce((total, leg) => total + of(leg), 0);
  return { mean: sum(({ mean }) => mean), variance: sum(({ variance }) => variance) };
}

/** The replicas that the requests of a client zone come to, each as often: those of the zone, or all if it has none. */
export function entriesOf(topology: Topology, clientZone: number): readonly ReplicaId[] {
  const all = topology.replicaZones.map((_, replica) => replica);
  const near = all.filter((replica) => topology.replicaZones[replica] === clientZone);
  return near.length > 0 ? near : all;
}

/** A request comes to `entry`, is sent on to `server` where that is another, and answered from there to the client. */
export function servedAt(topology: Topology, way: Way, workMs: Ms): readonly Leg[] {
  const [entryZone, serverZone] = [topology.replicaZones[way.entry] ?? 0, topology.replicaZones[way.server] ?? 0];
  const back = oneWay(topology, serverZone, way.client);
  if (way.entry === way.server) return [oneWay(topology, way.client, entryZone), work(topology, workMs), back];
  const sentOn = oneWay(topology, entryZone, serverZone);
  return [oneWay(topology, way.client, entryZone), work(topology, workMs), sentOn, work(topology, workMs), back];
}

/** Which way a request takes: the client's zone, the replica it comes to and the one that serves it. */
export interface Way {
  readonly client: number;
  readonly entry: ReplicaId;
  readonly server: ReplicaId;
}

/** Replicas that work on a request that only `server` can serve: itself, and the one that sends it on, if it came there. */
export function workersFor(topology: Topology, server: ReplicaId): number {
  const { clientZones } = topology;
  const sentOn = clientZones.map((zone) => {
    const entries = entriesOf(topology, zone);
    return entries.filter((entry) => entry !== server).length / entries.length;
  });
  return 1 + sentOn.reduce((sum, share) => sum + share, 0) / Math.max(1, clientZones.length);
}

/**
 * Round trip from a replica to the farthest of the `others` nearest other replicas: the last answer it waits for.
 * Simplified: of several that are equally far the last takes no longer than each.
 */
export function quorumLeg(topology: Topology, from: ReplicaId, others: number): Leg {
  const { replicaZones } = topology;
  const fromZone = replicaZones[from] ?? 0;
  const legs = replicaZones
    .filter((_, replica) => replica !== from)
    .map((zone) => roundTrip(topology, fromZone, zone))
    .sort((a, b) => a.mean - b.mean || a.variance - b.variance);
  return others <= 0 ? NO_LEG : (legs[Math.min(others, legs.length) - 1] ?? NO_LEG);
}

const Z99 = normalQuantile(0.99);
/** Places at which a duration is looked at, evenly over its distribution. */
const PLACES = Array.from({ length: 200 }, (_, place) => normalQuantile((place + 0.5) / 200));

/**
 * Durations of a path over all requests, those of each client zone as many. What varies is taken to be log-normal with
 * the mean and variance of its legs together.
 * Source: Fenton 1960, "The sum of log-normal probability distributions in scatter transmission systems".
 * Simplified: light load; nobody waits for a CPU or a disk that is busy.
 */
export function overClients(topology: Topology, pathOf: (client: number, entry: ReplicaId) => Path): Times {
  const durations: Duration[] = [];
  for (const client of topology.clientZones) {
    const entries = entriesOf(topology, client);
    for (const entry of entries) addDurations(durations, pathOf(client, entry), 1 / entries.length);
  }
  durations.sort((a, b) => a.ms - b.ms);
  return { p50: quantileOf(durations, 0.5), p99: quantileOf(durations, 0.99) };
}

interface Duration {
  readonly ms: Ms;
  readonly weight: number;
}

function addDurations(durations: Duration[], { fixedMs, legs }: Path, weight: number): void {
  const { mean, variance } = together(legs);
  const spread = mean > 0 ? variance / (mean * mean) : 0;
  const median = mean / Math.sqrt(1 + spread);
  const sigma = Math.sqrt(ln(1 + spread));
  for (const place of PLACES) durations.push({ ms: fixedMs + median * exp(sigma * place), weight });
}

function quantileOf(durations: readonly Duration[], share: number): Ms {
  const whole = durations.reduce((sum, { weight }) => sum + weight, 0);
  let below = 0;
  for (const { ms, weight } of durations) {
    below += weight;
    if (below >= share * whole) return ms;
  }
  return durations.at(-1)?.ms ?? 0;
}

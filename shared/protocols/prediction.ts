import type { Ms } from "../core/time.ts";
import type { ReplicaId, Topology } from "./protocol.ts";

/** Typical and slow duration of one part of a request. */
export interface Leg {
  readonly p50: Ms;
  readonly p99: Ms;
}

/** The parts of a request that come one after the other: work at nodes, and round trips. */
export interface Path {
  readonly fixedMs: Ms;
  readonly legs: readonly Leg[];
}

/** A leg that is not taken. */
export const NO_LEG: Leg = { p50: 0, p99: 0 };

/** There and back between two zones. */
export function roundTrip(topology: Topology, fromZone: number, toZone: number): Leg {
  return {
    p50: topology.legMsP50(fromZone, toZone) + topology.legMsP50(toZone, fromZone),
    p99: topology.legMsP99(fromZone, toZone) + topology.legMsP99(toZone, fromZone),
  };
}

/** The replica that a client zone reaches soonest; of equals the first. */
export function nearestReplica(topology: Topology, clientZone: number): ReplicaId {
  let nearest = 0;
  topology.replicaZones.forEach((zone, replica) => {
    const best = topology.replicaZones[nearest] ?? 0;
    if (roundTrip(topology, clientZone, zone).p50 < roundTrip(topology, clientZone, best).p50) nearest = replica;
  });
  return nearest;
}

/** Round trip from a replica to the farthest of the `others` nearest other replicas: the last answer it waits for. */
export function quorumLeg(topology: Topology, from: ReplicaId, others: number): Leg {
  const { replicaZones } = topology;
  const fromZone = replicaZones[from] ?? 0;
  const legs = replicaZones
    .filter((_, replica) => replica !== from)
    .map((zone) => roundTrip(topology, fromZone, zone))
    .sort((a, b) => a.p50 - b.p50 || a.p99 - b.p99);
  return others <= 0 ? NO_LEG : (legs[Math.min(others, legs.length) - 1] ?? NO_LEG);
}

/**
 * Duration of a path, averaged over the zones that clients are in.
 * Simplified: queues are left out, and the p99 takes the one leg with the widest spread at its p99 and the others at
 * their p50, since two legs are seldom slow at once.
 */
export function averageOverClients(topology: Topology, pathOf: (clientZone: number) => Path): Leg {
  let p50 = 0;
  let p99 = 0;
  for (const clientZone of topology.clientZones) {
    const path = pathOf(clientZone);
    const typical = path.legs.reduce((sum, leg) => sum + leg.p50, path.fixedMs);
    const spread = path.legs.reduce((widest, leg) => Math.max(widest, leg.p99 - leg.p50), 0);
    p50 += typical;
    p99 += typical + spread;
  }
  const zones = Math.max(1, topology.clientZones.length);
  return { p50: p50 / zones, p99: p99 / zones };
}

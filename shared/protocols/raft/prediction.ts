import type { ReplicationConfig, StopPrediction, Topology } from "../protocol.ts";
import { majority } from "../majority.ts";
import { averageOverClients, nearestReplica, quorumLeg, roundTrip, type Path } from "../prediction.ts";

/**
 * What a stop costs when the replica `config.primary` leads the first configuration.
 * Simplified: a lease is taken to hold, as it does while the leader's quorum answers its heartbeats.
 */
export function predictRaft(everywhere: Topology, config: ReplicationConfig): StopPrediction {
  const topology = { ...everywhere, replicaZones: membersOf(everywhere, config) };
  const { replicaZones, readMs, writeMs, syncMs } = topology;
  const leader = config.primary;
  const needed = majority(replicaZones.length) - 1;
  const confirmation = quorumLeg(topology, leader, needed);
  const local = config.stop !== "linearizable";
  const isConfirmed = !local && config.reads !== "lease";

  const readPath = (client: number): Path => {
    const toLeader = roundTrip(topology, client, replicaZones[leader] ?? 0);
    const nearest = nearestReplica(topology, client);
    const toNearest = roundTrip(topology, client, replicaZones[nearest] ?? 0);
    if (local) return { fixedMs: readMs, legs: [toNearest] };
    if (config.reads === "lease") return { fixedMs: readMs, legs: [toLeader] };
    if (config.reads === "readIndex" || nearest === leader) return { fixedMs: readMs, legs: [toLeader, confirmation] };
    const toAsk = roundTrip(topology, replicaZones[nearest] ?? 0, replicaZones[leader] ?? 0);
    return { fixedMs: readMs, legs: [toNearest, toAsk, confirmation] };
  };
  const writePath = (client: number): Path => ({
    fixedMs: writeMs + syncMs,
    legs: [roundTrip(topology, client, replicaZones[leader] ?? 0), confirmation],
  });
  const read = averageOverClients(topology, readPath);
  const write = averageOverClients(topology, writePath);
  return {
    readMsP50: read.p50,
    readMsP99: read.p99,
    writeMsP50: write.p50,
    writeMsP99: write.p99,
    cutOffReads: local ? "serves" : "refuses",
    cutOffWrites: "refuses",
    readCost: isConfirmed ? replicaZones.length : 1,
    writeCost: replicaZones.length,
  };
}

/** Zones of those who vote at first; spares are the last of the replicas. */
function membersOf({ replicaZones }: Topology, { spares }: ReplicationConfig): readonly number[] {
  return replicaZones.slice(0, Math.max(1, replicaZones.length - spares));
}

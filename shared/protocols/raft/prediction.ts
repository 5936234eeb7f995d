import type { ReplicationConfig, StopPrediction, Topology } from "../protocol.ts";
import { majority } from "../majority.ts";
import { NO_LEG, overClients, quorumLeg, roundTrip, servedAt, workersFor, type Path } from "../prediction.ts";

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

  const readPath = (client: number, entry: number): Path => {
    const isHere = local || config.reads === "follower";
    const legs = servedAt(topology, { client, entry, server: isHere ? entry : leader }, readMs);
    if (!isConfirmed) return { fixedMs: 0, legs };
    const isAsking = isHere && entry !== leader;
    const toAsk = isAsking ? roundTrip(topology, replicaZones[entry] ?? 0, replicaZones[leader] ?? 0) : NO_LEG;
    return { fixedMs: 0, legs: [...legs, toAsk, confirmation] };
  };
  const writePath = (client: number, entry: number): Path => ({
    fixedMs: syncMs,
    legs: [...servedAt(topology, { client, entry, server: leader }, writeMs), confirmation],
  });
  const read = overClients(topology, readPath);
  const write = overClients(topology, writePath);
  const workers = workersFor(topology, leader);
  const readers = local || config.reads === "follower" ? 1 : workers;
  return {
    readMsP50: read.p50,
    readMsP99: read.p99,
    writeMsP50: write.p50,
    writeMsP99: write.p99,
    cutOffReads: local ? "serves" : "refuses",
    cutOffWrites: "refuses",
    readCost: readers + (isConfirmed ? replicaZones.length - 1 : 0),
    writeCost: workers + replicaZones.length - 1,
  };
}

/** Zones of those who vote at first; spares are the last of the replicas. */
function membersOf({ replicaZones }: Topology, { spares }: ReplicationConfig): readonly number[] {
  return replicaZones.slice(0, Math.max(1, replicaZones.length - spares));
}

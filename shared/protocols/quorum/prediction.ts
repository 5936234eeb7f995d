import { NO_LEG, overClients, quorumLeg, servedAt } from "../prediction.ts";
import { majority } from "../majority.ts";
import type { ReplicationConfig, StopPrediction, Topology } from "../protocol.ts";

/**
 * What a stop costs when the replica that a request comes to coordinates. A write with siblings waits for its coordinator's
 * disk before the others hear of it. A sloppy quorum is found among all nodes on a side, stand-ins included.
 * Simplified: as if stand-ins fell on both sides of a partition as replicas do.
 */
export function predictQuorum(topology: Topology, config: ReplicationConfig): StopPrediction {
  const { replicaZones, readMs, writeMs, syncMs } = topology;
  const replicas = replicaZones.length;
  const least = config.stop === "eventual" ? 1 : majority(replicas);
  const readQuorum = Math.max(least, Math.min(config.readQuorum, replicas));
  const writeQuorum = Math.max(least, Math.min(config.writeQuorum, replicas));
  const isAtomic = config.stop === "linearizable";
  const disksMs = config.conflict === "siblings" && writeQuorum > 1 ? 2 * syncMs : syncMs;

  const read = overClients(topology, (client, coordinator) => {
    const asked = servedAt(topology, { client, entry: coordinator, server: coordinator }, readMs);
    return { fixedMs: 0, legs: [...asked, quorumLeg(topology, coordinator, readQuorum - 1)] };
  });
  const write = overClients(topology, (client, coordinator) => {
    const asked = servedAt(topology, { client, entry: coordinator, server: coordinator }, writeMs);
    const query = isAtomic ? quorumLeg(topology, coordinator, readQuorum - 1) : NO_LEG;
    const place = quorumLeg(topology, coordinator, writeQuorum - 1);
    return { fixedMs: disksMs, legs: [...asked, query, place] };
  });
  // The largest side of a partition that has no majority of the nodes that may answer.
  const cutOffSide = majority(replicas + (config.stop === "eventual" ? config.standIns : 0)) - 1;
  return {
    readMsP50: read.p50,
    readMsP99: read.p99,
    writeMsP50: write.p50,
    writeMsP99: write.p99,
    cutOffReads: readQuorum <= cutOffSide ? "serves" : "refuses",
    cutOffWrites: writeQuorum <= cutOffSide ? "serves" : "refuses",
    readCost: replicas,
    writeCost: isAtomic ? 2 * replicas : replicas,
  };
}

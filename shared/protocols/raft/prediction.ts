import type { ReplicationConfig, StopPrediction, Topology } from "../protocol.ts";
import { majority } from "../majority.ts";
import { averageOverClients, nearestReplica, quorumLeg, roundTrip, type Path } from "../prediction.ts";

/** What a stop costs when the replica `config.primary` leads. */
export function predictRaft(topology: Topology, config: ReplicationConfig): StopPrediction {
  const { replicaZones, readMs, writeMs, syncMs } = topology;
  const leader = config.primary;
  const needed = majority(replicaZones.length) - 1;
  const confirmation = quorumLeg(topology, leader, needed);
  const local = config.stop !== "linearizable";

  const readPath = (client: number): Path =>
    local
      ? { fixedMs: readMs, legs: [roundTrip(topology, client, replicaZones[nearestReplica(topology, client)] ?? 0)] }
      : { fixedMs: readMs, legs: [roundTrip(topology, client, replicaZones[leader] ?? 0), confirmation] };
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
    readCost: local ? 1 : replicaZones.length,
    writeCost: replicaZones.length,
  };
}

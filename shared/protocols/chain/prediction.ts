import { averageOverClients, nearestReplica, roundTrip } from "../prediction.ts";
import type { ReplicationConfig, StopPrediction, Topology } from "../protocol.ts";

export function predictChain(topology: Topology, config: ReplicationConfig): StopPrediction {
  const { replicaZones, readMs, writeMs, syncMs } = topology;
  const local = averageOverClients(topology, (client) => ({
    fixedMs: readMs,
    legs: [roundTrip(topology, client, replicaZones[nearestReplica(topology, client)] ?? 0)],
  }));
  const write = averageOverClients(topology, (client) => ({
    fixedMs: writeMs + syncMs,
    legs: [roundTrip(topology, client, replicaZones[0] ?? 0)],
  }));
  return {
    readMsP50: local.p50,
    readMsP99: local.p99,
    writeMsP50: write.p50,
    writeMsP99: write.p99,
    cutOffReads: config.stop === "linearizable" ? "refuses" : config.stop === "boundedStaleness" ? "bounded" : "serves",
    cutOffWrites: "refuses",
    readCost: 1,
    writeCost: replicaZones.length,
  };
}

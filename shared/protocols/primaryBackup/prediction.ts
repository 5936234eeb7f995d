import { averageOverClients, nearestReplica, NO_LEG, quorumLeg, roundTrip, type Path } from "../prediction.ts";
import type { ReplicationConfig, StopPrediction, Topology } from "../protocol.ts";

/** What a stop costs while the replica `config.primary` leads and every backup is a member. */
export function predictPrimaryBackup(topology: Topology, config: ReplicationConfig): StopPrediction {
  const { replicaZones, readMs, writeMs, syncMs } = topology;
  const primaryZone = replicaZones[config.primary] ?? 0;
  const isSync = config.mode === "sync";
  const atPrimary = config.stop === "linearizable";
  const everyBackup = isSync ? quorumLeg(topology, config.primary, replicaZones.length - 1) : NO_LEG;

  const readPath = (client: number): Path =>
    atPrimary
      ? { fixedMs: readMs, legs: [roundTrip(topology, client, primaryZone), everyBackup] }
      : { fixedMs: readMs, legs: [roundTrip(topology, client, replicaZones[nearestReplica(topology, client)] ?? 0)] };
  const writePath = (client: number): Path => ({
    fixedMs: writeMs + (isSync ? 2 : 1) * syncMs,
    legs: [roundTrip(topology, client, primaryZone), everyBackup],
  });
  const read = averageOverClients(topology, readPath);
  const write = averageOverClients(topology, writePath);
  return {
    readMsP50: read.p50,
    readMsP99: read.p99,
    writeMsP50: write.p50,
    writeMsP99: write.p99,
    cutOffReads: atPrimary ? "refuses" : config.stop === "boundedStaleness" ? "bounded" : "serves",
    cutOffWrites: "refuses",
    readCost: atPrimary && isSync ? replicaZones.length : 1,
    writeCost: replicaZones.length,
  };
}

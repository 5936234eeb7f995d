import { oneWay, overClients, servedAt, workersFor } from "../prediction.ts";
import type { ReplicationConfig, StopPrediction, Topology } from "../protocol.ts";

/**
 * What a stop costs in a whole chain, in the order of the replicas. A write goes through every disk and every hop, and
 * the head hears of it from the tail. Simplified: at linearizable reads are taken to be of clean keys; those of keys that
 * are being written ask the tail first, which is seldom at light load.
 */
export function predictChain(topology: Topology, config: ReplicationConfig): StopPrediction {
  const { replicaZones, readMs, writeMs, syncMs } = topology;
  const replicas = replicaZones.length;
  const [headZone = 0, tailZone = 0] = [replicaZones[0], replicaZones.at(-1)];
  const hops = replicaZones.slice(1).map((zone, place) => oneWay(topology, replicaZones[place] ?? 0, zone));
  const downAndBack = replicas === 1 ? hops : [...hops, oneWay(topology, tailZone, headZone)];

  const read = overClients(topology, (client, entry) => ({
    fixedMs: 0,
    legs: servedAt(topology, { client, entry, server: entry }, readMs),
  }));
  const write = overClients(topology, (client, entry) => ({
    fixedMs: replicas * syncMs,
    legs: [...servedAt(topology, { client, entry, server: 0 }, writeMs), ...downAndBack],
  }));
  return {
    readMsP50: read.p50,
    readMsP99: read.p99,
    writeMsP50: write.p50,
    writeMsP99: write.p99,
    cutOffReads: config.stop === "linearizable" ? "refuses" : config.stop === "boundedStaleness" ? "bounded" : "serves",
    cutOffWrites: "refuses",
    readCost: 1,
    writeCost: workersFor(topology, 0) + replicas - 1,
  };
}

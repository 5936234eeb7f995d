import { NO_LEG, overClients, quorumLeg, servedAt, workersFor, type Leg } from "../prediction.ts";
import type { ReplicationConfig, StopPrediction, Topology } from "../protocol.ts";

/**
 * What a stop costs while the replica `config.primary` leads, every backup is a member and answers, and leases hold.
 * A read that the primary alone may serve works on the replica it came to as well, as every write does.
 */
export function predictPrimaryBackup(topology: Topology, config: ReplicationConfig): StopPrediction {
  const { replicaZones, readMs, writeMs, syncMs } = topology;
  const { primary: server } = config;
  const replicas = replicaZones.length;
  const atPrimary = config.stop === "linearizable";
  const isConfirmed = atPrimary && config.mode === "sync" && config.leaseMs === 0;
  const confirmation = isConfirmed ? quorumLeg(topology, server, replicas - 1) : NO_LEG;
  const acknowledgement = acknowledgementOf(topology, config);

  const read = overClients(topology, (client, entry) => ({
    fixedMs: 0,
    legs: [...servedAt(topology, { client, entry, server: atPrimary ? server : entry }, readMs), confirmation],
  }));
  const write = overClients(topology, (client, entry) => ({
    fixedMs: (acknowledgement === NO_LEG ? 1 : 2) * syncMs,
    legs: [...servedAt(topology, { client, entry, server }, writeMs), acknowledgement],
  }));
  const workers = workersFor(topology, server);
  return {
    readMsP50: read.p50,
    readMsP99: read.p99,
    writeMsP50: write.p50,
    writeMsP99: write.p99,
    cutOffReads: atPrimary ? "refuses" : config.stop === "boundedStaleness" ? "bounded" : "serves",
    cutOffWrites: "refuses",
    readCost: (atPrimary ? workers : 1) + (isConfirmed ? replicas - 1 : 0),
    writeCost: workers + replicas - 1,
  };
}

/** The backups that a write waits for: none, the nearest few, all; with fencing tokens at least enough for a majority. */
function acknowledgementOf(topology: Topology, config: ReplicationConfig): Leg {
  const backups = topology.replicaZones.length - 1;
  const byMode = { async: 0, semiSync: Math.min(config.ackedBackups, backups), sync: backups }[config.mode];
  const forTokens = config.fencingTokens ? Math.floor((backups + 1) / 2) : 0;
  return quorumLeg(topology, config.primary, Math.max(byMode, forTokens));
}

import type { ReplicationConfig } from "../../protocols/protocol.ts";
import { dataTypeOf, type StoreConfig } from "./config.ts";

/** How the replicas of a store are set at first, from its lines in the level. */
export function replicationOf(config: StoreConfig): ReplicationConfig {
  return {
    stop: config.starts ?? config.dial[0]!,
    boundMs: config.bound,
    mode: config.mode,
    ackedBackups: config.ackedBackups,
    semiSyncTimeoutMs: config.semiSyncTimeout,
    leaseMs: config.lease,
    leaseMarginMs: config.leaseMargin,
    fencingTokens: config.fencingTokens,
    readQuorum: config.readQuorum,
    writeQuorum: config.writeQuorum,
    hintedHandoff: config.hintedHandoff,
    readRepair: config.readRepair,
    hintWindowMs: config.hintWindow,
    standIns: standInsOf(config),
    antiEntropyMs: config.antiEntropy,
    conflict: config.conflict,
    data: dataTypeOf(config),
    gossip: { style: config.gossip.style, fanout: config.gossip.fanout, intervalMs: config.gossip.interval },
    primary: config.on.indexOf(config.primary ?? config.on[0]!),
    electionTimeoutMs: config.electionTimeout,
    heartbeatMs: config.heartbeat,
    spares: config.spares.length,
    snapshotEvery: config.snapshotEvery,
    preVote: config.preVote,
    reads: config.reads,
    leaseMarginPpm: config.leaseMarginPpm,
    requestTimeoutMs: config.requestTimeout,
  };
}

/** Nodes of a leaderless store that may stand in for the replicas of a shard. */
export function standInsOf({ protocol, sloppy, on, replicationFactor }: StoreConfig): number {
  return protocol === "quorum" && sloppy ? on.length - Math.min(replicationFactor ?? on.length, on.length) : 0;
}

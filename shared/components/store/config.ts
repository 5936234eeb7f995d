import { z } from "zod";
import { Duration, Interval, Name } from "../../core/units.ts";
import { dataTypes, type DataTypeName } from "../../protocols/crdt/registry.ts";
import { protocols } from "../../protocols/registry.ts";
import { STOPS } from "../../protocols/protocol.ts";
import { PartitioningRule } from "./partitioning/registry.ts";

const protocolNames = Object.keys(protocols) as [keyof typeof protocols, ...(keyof typeof protocols)[]];
const dataTypeNames = Object.keys(dataTypes) as (keyof typeof dataTypes)[];

/** How the replicas of a gossip store spread news; in groups of more than a few, a fanout of 1 to 3 is usual. */
const GossipSettings = z.strictObject({
  style: z.enum(["push", "pull", "pushPull"]).default("pushPull").describe("who tells whom when two replicas meet"),
  fanout: z.int().min(1).max(8).default(1).describe("replicas that each calls in a round"),
  interval: Interval.default(200).describe("time between two rounds of a replica"),
});

/** Keys that may change hands during a match. */
const ReshardingSettings = z.strictObject({
  shardsMax: z.int().min(1).max(64).describe("shards that there may ever be: each has its group of replicas from the start"),
  batch: z.int().min(1).max(1_000).default(16).describe("keys that move in one piece; their writes wait meanwhile"),
  pause: Duration.default(50).describe("rest between two moves"),
  mapDelay: Duration.default(500).describe("after a move those who ask the store learn of it so much later"),
  from: Name.optional().describe("zone in which the mover stands; by default that of the last node"),
});

/** Scans: questions about several keys, which may lie in several shards. */
const ScanSettings = z.strictObject({
  timeout: Interval.default(500).describe("how long whoever puts a scan together waits for the last shard"),
  partial: z.boolean().default(false).describe("answer with what there is then; by default the scan is refused"),
});

/** A replicated register per key, split into shards, each shard a group of replicas that agree by a protocol. */
export const StoreConfig = z.strictObject({
  kind: z.literal("store"),
  on: z.array(Name).min(1).describe("nodes that hold its replicas"),
  protocol: z.enum(protocolNames),
  dial: z.array(z.enum(STOPS)).min(1).describe("stops that operators may choose, weakest first"),
  starts: z.enum(STOPS).optional().describe("stop at the start; by default the first of the dial"),
  keys: z.int().min(1).max(1_000_000).default(1_000),
  shards: z.int().min(1).max(64).default(1),
  buckets: z.int().min(1).max(1_000).default(1).describe("keys of one customer, next to each other; 1: keys have one part only"),
  partitioning: PartitioningRule.default({ by: "modulo" }).describe("how keys are split over shards"),
  resharding: ReshardingSettings.optional().describe("keys may be moved between shards; by default they stay"),
  replicationFactor: z.int().min(1).max(9).optional().describe("replicas per shard; by default one on every node"),
  scans: ScanSettings.optional().describe("clients may ask for blocks of neighbouring keys; by default for one key at a time"),
  mode: z
    .enum(["async", "semiSync", "sync"])
    .default("async")
    .describe("primaryBackup: acknowledge before the backups have it, when some have it, or when all have it"),
  ackedBackups: z.int().min(1).max(8).default(1).describe("semiSync: backups that must have a write"),
  semiSyncTimeout: Interval.default(10_000).describe("semiSync: how long to wait for them before going on as in async"),
  lease: Duration.default(0).describe("primaryBackup: how long a backup's word lets the primary serve; 0s: no lease is needed"),
  leaseMargin: Duration.default(0).describe("how far clocks may part during a lease; less than the lease"),
  fencingTokens: z.boolean().default(false).describe("primaryBackup: disks refuse the writes of an older view"),
  primary: Name.optional().describe("primaryBackup: the node that starts as primary"),
  failover: Name.optional().describe("primaryBackup: the membership by which a supervisor replaces a primary that seems to have failed"),
  failoverAfter: Duration.default(3_000).describe("failover: how long a quorum of agents must have suspected the primary"),
  failoverFrom: Name.optional().describe("failover: zone in which the supervisor stands; by default that of the last node"),
  fence: z.boolean().default(false).describe("failover: fence the old primary first, so that it can't go on unheard"),
  readQuorum: z.int().min(1).max(9).default(1),
  writeQuorum: z.int().min(1).max(9).default(1),
  hintedHandoff: z.boolean().default(true),
  readRepair: z.boolean().default(true),
  hintWindow: Duration.default(10_800_000).describe("quorum: how long a write is kept for a replica that does not answer"),
  sloppy: z.boolean().default(false).describe("quorum, at eventual: nodes beyond the replicationFactor stand in for silent ones"),
  antiEntropy: Duration.refine((ms) => ms === 0 || ms >= 100, "expected 0s or at least 100 ms").default(0).describe("quorum: time between comparisons of replicas; 0s: only on order"),
  conflict: z.enum(["lastWriteWins", "siblings"]).default("lastWriteWins").describe("quorum: the later clock wins, or concurrent writes are all kept"),
  data: z.enum(["register", ...dataTypeNames]).default("register").describe("gossip: what a key holds"),
  becomes: z.enum(dataTypeNames).optional().describe("gossip: data type that its keys go over to by order"),
  gossip: GossipSettings.default({ style: "pushPull", fanout: 1, interval: 200 }).describe("gossip: how news goes round"),
  bound: Duration.default(2_000).describe("staleness allowed at boundedStaleness"),
  electionTimeout: Interval.default(1_000),
  heartbeat: Interval.default(150),
  spares: z.array(Name).max(4).default([]).describe("raft: nodes with a replica outside the group, for when one is lost"),
  snapshotEvery: z.int().min(0).max(1_000_000).default(8_192).describe("raft: entries between snapshots; 0: never"),
  preVote: z.boolean().default(false).describe("raft: ask whether an election could be won before standing"),
  reads: z.enum(["readIndex", "lease", "follower"]).default("readIndex").describe("raft: what a linearizable read rests on"),
  leaseMarginPpm: z.int().min(0).max(500_000).default(1_000).describe("raft: clocks are taken to drift apart by less"),
  requestTimeout: Interval.default(1_000).describe("how long a replica waits for others on behalf of a request"),
  readTime: Duration.default(2).describe("CPU time of a read, mean of an exponential"),
  writeTime: Duration.default(3).describe("CPU time of a write, mean of an exponential"),
  spread: z.enum(["exponential", "fixed"]).default("exponential").describe("how CPU times vary: fixed ones are all the same"),
  price: z.number().min(0).default(0.1).describe("dollars a minute for each replica that works on every request"),
});
export type StoreConfig = z.infer<typeof StoreConfig>;

/** A lease that ends between two heartbeats, of which the margin leaves nothing, or that nobody asks for. */
export function leaseProblems({ protocol, lease, leaseMargin, heartbeat }: StoreConfig): string[] {
  if (lease === 0) return [];
  return [
    ...(protocol === "primaryBackup" ? [] : [`lease: only primaryBackup asks for one, not ${protocol}`]),
    ...(lease - leaseMargin > 2 * heartbeat ? [] : [`lease: expected more than two heartbeats of ${heartbeat} ms beside its margin`]),
  ];
}

/** What its keys hold: a register of a gossip store is the one whose last writer wins. */
export function dataTypeOf({ data }: Pick<StoreConfig, "data">): DataTypeName {
  return data === "register" ? "lwwRegister" : data;
}

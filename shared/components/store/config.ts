import { z } from "zod";
import { Duration, Interval, Name } from "../../core/units.ts";
import { protocols } from "../../protocols/registry.ts";
import { STOPS } from "../../protocols/protocol.ts";

const protocolNames = Object.keys(protocols) as [keyof typeof protocols, ...(keyof typeof protocols)[]];

/** A replicated register per key, split into shards, each shard a group of replicas that agree by a protocol. */
export const StoreConfig = z.strictObject({
  kind: z.literal("store"),
  on: z.array(Name).min(1).describe("nodes that hold its replicas"),
  protocol: z.enum(protocolNames),
  dial: z.array(z.enum(STOPS)).min(1).describe("stops that operators may choose, weakest first"),
  starts: z.enum(STOPS).optional().describe("stop at the start; by default the first of the dial"),
  keys: z.int().min(1).max(1_000_000).default(1_000),
  shards: z.int().min(1).max(64).default(1),
  replicationFactor: z.int().min(1).max(9).optional().describe("replicas per shard; by default one on every node"),
  mode: z.enum(["async", "sync"]).default("async").describe("primaryBackup: acknowledge before or after the backups have it"),
  primary: Name.optional().describe("primaryBackup: the node that starts as primary"),
  readQuorum: z.int().min(1).max(9).default(1),
  writeQuorum: z.int().min(1).max(9).default(1),
  hintedHandoff: z.boolean().default(true),
  readRepair: z.boolean().default(true),
  bound: Duration.default(2_000).describe("staleness allowed at boundedStaleness"),
  electionTimeout: Interval.default(1_000),
  heartbeat: Interval.default(150),
  requestTimeout: Interval.default(1_000).describe("how long a replica waits for others on behalf of a request"),
  readTime: Duration.default(2).describe("CPU time of a read, mean of an exponential"),
  writeTime: Duration.default(3).describe("CPU time of a write, mean of an exponential"),
  price: z.number().min(0).default(0.1).describe("dollars a minute for each replica that works on every request"),
});
export type StoreConfig = z.infer<typeof StoreConfig>;

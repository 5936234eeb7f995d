import { z } from "zod";
import { Duration, Interval, Name } from "../../core/units.ts";

/** What the dial of a ledger may be set to: whose copy decides about an account. */
export const CONSISTENCIES = ["local", "strong"] as const;
export type Consistency = (typeof CONSISTENCIES)[number];

/** Accounts with money on them, kept on several nodes: an account is one key, from 0. */
export const LedgerConfig = z.strictObject({
  kind: z.literal("ledger"),
  on: z.array(Name).min(1).describe("nodes that hold a copy of all accounts"),
  accounts: z.int().min(1).max(10_000).default(100),
  opening: z.int().min(0).max(1_000_000).default(100).describe("what every account holds at first"),
  consistency: z
    .enum(CONSISTENCIES)
    .default("strong")
    .describe(
      "local: every copy decides by itself and tells the others later; strong: one node decides for an account",
    ),
  decides: z
    .enum(["leader", "asker"])
    .default("leader")
    .describe(
      "strong: who decides while an account is locked: the node that leads it, or by a lease the node that was asked",
    ),
  lease: Interval.default(500).describe("asker: how long accounts stay locked for whoever decides"),
  fencingTokens: z
    .boolean()
    .default(true)
    .describe("asker: whether the leader refuses what is decided after the lease"),
  shards: z.int().min(1).max(64).default(1).describe("strong: account a is decided by node a mod shards mod nodes"),
  overdraft: z.boolean().default(false).describe("whether an account may go below nothing"),
  idempotent: z.boolean().default(true).describe("whether the same operation, coming twice, moves money once"),
  lockTimeout: Interval.default(1_000).describe("how long a request waits for an account that is locked"),
  spreadEvery: Interval.default(200).describe("time between two comparisons of a copy with the others"),
  silence: Interval.default(1_000).describe(
    "a node unheard of for so long, and for three comparisons, counts as out of reach",
  ),
  voteTimeout: Interval.default(500).describe("two shards: how long the payer's shard waits for the payee's"),
  inquireAfter: Interval.default(500).describe("two shards: how long a shard in doubt waits before it asks"),
  cooperative: z.boolean().default(true).describe("two shards: whether shards in doubt ask one another"),
  time: Duration.default(2).describe("CPU time of a request, mean of an exponential"),
});
export type LedgerConfig = z.infer<typeof LedgerConfig>;

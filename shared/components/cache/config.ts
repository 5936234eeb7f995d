import { z } from "zod";
import type { Ms } from "../../core/time.ts";
import { Duration, Name } from "../../core/units.ts";

/** What a cache does with its own entry when a write passes. */
export const WRITE_POLICIES = ["through", "invalidate", "around"] as const;

/** A cache before a store or a service: reads are answered from memory, everything else passes. */
export const CacheConfig = z.strictObject({
  kind: z.literal("cache"),
  on: z.array(Name).min(1).describe("nodes with an instance; each has a memory of its own"),
  of: Name.describe("what it stands before"),
  capacity: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(1_000)
    .describe("entries per instance; the one used longest ago goes first"),
  ttl: Duration.default(60_000).describe("how long an entry may be used; 0s: for ever"),
  write: z
    .enum(WRITE_POLICIES)
    .default("invalidate")
    .describe("its entry takes the value that is written, is dropped, or stays as it is"),
  tellOthers: z
    .boolean()
    .default(false)
    .describe("other instances are told to drop what was written; the message may be lost"),
  singleFlight: z
    .boolean()
    .default(true)
    .describe("who misses the same while it is being fetched waits for that answer"),
  negative: z.boolean().default(false).describe("remember also that there is nothing"),
  sharded: z.boolean().default(false).describe("each key has one of the nodes, instead of a copy on each"),
  time: Duration.default(0.2).describe("CPU time of a look-up, mean of an exponential"),
  timeout: Duration.default(1_000).describe("how long it waits for an answer; 0s: for ever"),
});
export type CacheConfig = z.infer<typeof CacheConfig>;

/** What operators may set; one for all instances. */
export interface CachePolicy {
  ttlMs: Ms;
  write: (typeof WRITE_POLICIES)[number];
  tellOthers: boolean;
  singleFlight: boolean;
  negative: boolean;
  timeoutMs: Ms;
}

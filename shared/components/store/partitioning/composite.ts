import { z } from "zod";
import { scattered } from "../../../core/hash.ts";
import type { Partitioning } from "./partitioning.ts";

const Rule = z.strictObject({
  by: z.literal("composite"),
  spread: z.int().min(1).max(64).default(1).describe("shards over which the buckets of a customer go round; 1: by customer alone"),
});
type Rule = z.infer<typeof Rule>;

/**
 * Keys of two parts, a customer and a bucket of time. With a spread of 1 the customer alone decides, and a large one makes
 * its shard hot; with more the bucket counts too: the customer's keys go round so many neighbouring shards, and whoever
 * looks for all of them knows which to ask.
 */
export const composite: Partitioning<Rule> = {
  by: "composite",
  about: "Keys of a customer and a bucket: by customer alone, or with the bucket too, so that a large one is spread over a few shards.",
  source: "Amazon DynamoDB developer guide, \"Using write sharding to distribute workloads evenly\" (calculated suffixes).",
  rule: Rule,
  split: ({ buckets }, shards, { spread }) => (key) => shardAt(Math.floor(key / buckets), (key % buckets) % spread, shards),
};

/** Shard of a customer's so-manieth part: the first by a hash, the others after it. */
function shardAt(customer: number, part: number, shards: number): number {
  return ((scattered(customer) % shards) + part) % shards;
}

import type { z } from "zod";

/** The keys of a store: customer 0's buckets first, then customer 1's. */
export interface KeySpace {
  readonly keys: number;
  /** Keys that belong to one customer, 1 where a key has one part only. */
  readonly buckets: number;
}

/** The shard of a key, 0 to `shards − 1`. */
export type ShardOf = (key: number) => number;

/** One way to split the keys of a store over shards. */
export interface Partitioning<Rule extends { readonly by: string }> {
  readonly by: Rule["by"];
  /** One sentence for the catalogue. */
  readonly about: string;
  /** Paper and section. */
  readonly source: string;
  readonly simplified?: string;
  /** Its lines in a level file. */
  readonly rule: z.ZodObject & z.ZodType<Rule>;
  /** Splits the keys over so many shards. */
  split(space: KeySpace, shards: number, rule: Rule): ShardOf;
}

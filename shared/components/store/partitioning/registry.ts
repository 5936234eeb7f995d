import { z } from "zod";
import { composite } from "./composite.ts";
import { hash } from "./hash.ts";
import { modulo } from "./modulo.ts";
import type { KeySpace, Partitioning, ShardOf } from "./partitioning.ts";
import { range } from "./range.ts";

/** Every way to split keys over shards. */
export const partitionings = { modulo, hash, range, composite };
export type PartitioningName = keyof typeof partitionings;

/** How a store's keys are split, as a level file has it. */
export const PartitioningRule = z.discriminatedUnion("by", [modulo.rule, hash.rule, range.rule, composite.rule]);
export type PartitioningRule = z.infer<typeof PartitioningRule>;

/** The shard of each key by a rule. */
export function splitBy(rule: PartitioningRule, space: KeySpace, shards: number): ShardOf {
  return partitioningOf(rule.by).split(space, shards, rule);
}

/** The partitioning of a name, for a rule that its own schema has already read. */
export function partitioningOf(by: PartitioningName): Partitioning<PartitioningRule> {
  return partitionings[by];
}

import { z } from "zod";
import type { Partitioning } from "./partitioning.ts";

const Rule = z.strictObject({ by: z.literal("range") });
type Rule = z.infer<typeof Rule>;

/**
 * Neighbours stay together: each shard has a range of as many keys. What is asked for together lies together, and what is
 * popular together makes one shard hot; a hot range can be split (`Store.split`).
 */
export const range: Partitioning<Rule> = {
  by: "range",
  about: "Each shard has a range of neighbouring keys: queries over neighbours ask one shard, and popular neighbours make it hot.",
  source: "Chang et al. 2006, Bigtable, sections 5.1 and 5.2 (tablets are ranges of rows, and are split when they grow).",
  simplified: "Ranges begin with as many keys each; a split divides a range by its traffic.",
  rule: Rule,
  split: ({ keys }, shards) => (key) => Math.floor((key * shards) / keys),
};

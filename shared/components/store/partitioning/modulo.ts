import { z } from "zod";
import type { Partitioning } from "./partitioning.ts";

const Rule = z.strictObject({ by: z.literal("modulo") });
type Rule = z.infer<typeof Rule>;

/** The remainder of the key: neighbours in popularity land on different shards, and almost every key moves when their number changes. */
export const modulo: Partitioning<Rule> = {
  by: "modulo",
  about: "The remainder of the key decides: even, and almost every key moves when the number of shards changes.",
  source: "Kleppmann 2017, Designing data-intensive applications, chapter 6, \"How not to do it: hash mod N\".",
  rule: Rule,
  split: (_, shards) => (key) => key % shards,
};

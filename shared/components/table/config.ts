import { z } from "zod";
import { Duration, Name } from "../../core/units.ts";

/** What a row holds. */
export const ROWS = ["lists", "counts", "values"] as const;

/** A table in a level file. */
export const TableConfig = z.strictObject({
  kind: z.literal("table"),
  on: z.array(Name).min(1).describe("rows are dealt to these nodes by key"),
  keys: z.int().min(1).max(10_000).default(20),
  rows: z.enum(ROWS).default("lists").describe("lists that are appended to, counts that are added to, or values"),
  readTime: Duration.default(1).describe("CPU time of a read, mean of an exponential"),
  writeTime: Duration.default(2).describe("CPU time of a write, mean of an exponential"),
  feedTime: Duration.default(0.05).describe("CPU time of reading one change of its feed"),
});
export type TableConfig = z.infer<typeof TableConfig>;

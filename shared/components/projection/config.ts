import { z } from "zod";
import { Duration, Interval, Name } from "../../core/units.ts";

/** How a projection learns of changes: from whoever changes the source, or from the feed of the source itself. */
export const FEEDING = ["dualWrite", "changeFeed"] as const;

/** What it shows of all that happened to a key. */
export const SHOWS = ["list", "newest", "count", "sum"] as const;

/** A read model or search index in a level file. */
export const ProjectionConfig = z.strictObject({
  kind: z.literal("projection"),
  on: z.array(Name).min(1).describe("its keys are dealt to these nodes"),
  of: Name.describe("the table or event store that it is derived from"),
  fed: z.enum(FEEDING).default("changeFeed").describe("written beside the source, or fed by its change feed"),
  shows: z.enum(SHOWS).default("list"),
  standby: z.boolean().default(false).describe("stands empty until it is built by order"),
  time: Duration.default(0.5).describe("CPU time of taking in one change"),
  searchTime: Duration.default(2).describe("CPU time of an answer, mean of an exponential"),
  poll: Interval.default(200).describe("time between two looks into the feed"),
  batch: z.int().min(1).max(1_000).default(50).describe("changes read at a time"),
});
export type ProjectionConfig = z.infer<typeof ProjectionConfig>;

/** What operators may change of a projection; one for all its nodes. */
export interface ProjectionPolicy {
  fed: (typeof FEEDING)[number];
  pollMs: number;
  batch: number;
}

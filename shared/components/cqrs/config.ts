import { z } from "zod";
import { Duration, Interval, Name } from "../../core/units.ts";

/** A front with separate ways for commands and queries, in a level file. */
export const CqrsConfig = z.strictObject({
  kind: z.literal("cqrs"),
  on: z.array(Name).min(1).describe("one instance on each"),
  accepts: z.enum(["publish", "upload"]).default("publish").describe("what commands its clients give"),
  commands: Name.describe("takes the commands: a queue, a table, an event store, or an object store for uploads"),
  queries: Name.describe("answers reads and searches: a table, a projection or an event store"),
  waits: z.boolean().default(false).describe("answers a command once queries show it, rather than once it is accepted"),
  workers: z.int().min(1).max(1_000).default(32).describe("requests per instance in progress at once, waiting included"),
  queue: z.int().min(0).max(10_000).default(100).describe("requests that may wait for a worker"),
  time: Duration.default(1).describe("CPU time of its own work, mean of an exponential"),
  timeout: Duration.default(500).describe("how long one attempt may take"),
  attempts: z.int().min(1).max(10).default(2).describe("attempts in all, the first included"),
  poll: Interval.default(200).describe("time between two looks whether a command has taken effect"),
  waitFor: Duration.default(10_000).describe("how long it looks before it gives up"),
});
export type CqrsConfig = z.infer<typeof CqrsConfig>;

/** What operators may change of it; one for all its instances. */
export interface CqrsPolicy {
  waits: boolean;
  workers: number;
  pollMs: number;
}

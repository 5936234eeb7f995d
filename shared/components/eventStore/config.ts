import { z } from "zod";
import { Duration, Name } from "../../core/units.ts";

/** An event store in a level file. */
export const EventStoreConfig = z.strictObject({
  kind: z.literal("eventStore"),
  on: z.array(Name).min(1).describe("streams are dealt to these nodes by key"),
  keys: z.int().min(1).max(10_000).default(20).describe("aggregates: one stream each"),
  time: Duration.default(0.5).describe("CPU time of a request before it loads anything, mean of an exponential"),
  eventTime: Duration.default(0.05).describe("CPU time of folding one event into an aggregate"),
  upcastTime: Duration.default(0.1).describe("CPU time on top for an event of an older schema"),
  snapshotEvery: z.int().min(0).max(10_000).default(50).describe("events of a stream between two snapshots; 0 for none"),
  attempts: z.int().min(1).max(20).default(3).describe("times a command is decided anew after a conflict, the first included"),
});
export type EventStoreConfig = z.infer<typeof EventStoreConfig>;

/** What operators may change of it; one for all its nodes. */
export interface EventStorePolicy {
  snapshotEvery: number;
  /** Version of the schema that new events are written in and aggregates are made of. */
  schema: number;
}

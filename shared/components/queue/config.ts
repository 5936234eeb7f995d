import { z } from "zod";
import { Duration, Interval, Name } from "../../core/units.ts";

/** What consumers are promised about each message: lost at times and never repeated, or repeated at times and never lost. */
export const DELIVERIES = ["atMostOnce", "atLeastOnce"] as const;

/** A partitioned log in a level file. */
export const QueueConfig = z.strictObject({
  kind: z.literal("queue"),
  on: z.array(Name).min(1).describe("its brokers; partitions are dealt to them in turn"),
  partitions: z.int().min(1).max(64).default(4).describe("more let more workers work side by side; order holds within one"),
  keys: z.int().min(1).max(10_000).default(20).describe("keys of its messages"),
  bound: z.int().min(1).max(1_000_000).default(1_000).describe("messages that may wait in a partition; more are refused"),
  delivery: z.enum(DELIVERIES).default("atLeastOnce"),
  maxDeliveries: z.int().min(1).max(100).default(5).describe("times a message is delivered before it is put aside"),
  time: Duration.default(0.5).describe("CPU time of a publish, mean of an exponential"),
  sessionTimeout: Interval.default(3_000).describe("silence after which a consumer loses its partitions"),
});
export type QueueConfig = z.infer<typeof QueueConfig>;

/** What operators may change of a queue; one for all its brokers. */
export interface QueuePolicy {
  delivery: (typeof DELIVERIES)[number];
  maxDeliveries: number;
  bound: number;
}

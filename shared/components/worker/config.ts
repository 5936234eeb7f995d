import { z } from "zod";
import { Duration, Interval, Name } from "../../core/units.ts";

/** What a worker asks of the component that it writes to, for each message. */
export const EFFECTS = ["append", "add", "write", "increment", "publish"] as const;

/** A consumer of a queue in a level file; all its instances are one group. */
export const WorkerConfig = z.strictObject({
  kind: z.literal("worker"),
  on: z.array(Name).min(1).describe("one instance on each"),
  from: Name.describe("the queue that it consumes; each worker component gets all messages"),
  calls: Name.describe("what it writes the effect of each message to"),
  does: z.enum(EFFECTS).default("append").describe("what it asks there"),
  idempotent: z.boolean().default(true).describe("names the message with its effect, so that twice is once"),
  time: Duration.default(5).describe("CPU time of a message, mean of an exponential"),
  concurrency: z.int().min(1).max(64).default(4).describe("partitions that an instance works on at once"),
  prefetch: z.int().min(1).max(1_000).default(10).describe("messages fetched, and committed, at a time"),
  poison: z.number().min(0).max(1).default(0).describe("share of the messages that its newest version fails on, every time, until it is rolled back"),
  timeout: Duration.default(500).describe("how long one attempt to write an effect may take"),
  attempts: z.int().min(1).max(20).default(3).describe("attempts to write an effect in one delivery"),
  backoff: Duration.default(200).describe("wait before it tries again"),
  notify: z.boolean().default(true).describe("brokers tell it of new messages at once; otherwise it polls"),
  poll: Interval.default(200).describe("time between two polls"),
  heartbeat: Interval.default(500).describe("time between two signs of life to the coordinator"),
});
export type WorkerConfig = z.infer<typeof WorkerConfig>;

/** What operators may change of a worker; one for all its instances. */
export interface WorkerPolicy {
  concurrency: number;
  prefetch: number;
  notify: boolean;
  pollMs: number;
  idempotent: boolean;
}

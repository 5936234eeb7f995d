import { z } from "zod";
import { Duration, Name } from "../../core/units.ts";

/** An object store in a level file. */
export const ObjectStoreConfig = z.strictObject({
  kind: z.literal("objectStore"),
  on: z.array(Name).min(1).describe("its nodes: objects are dealt to them by key, the parts of each to all of them in turn"),
  keys: z.int().min(1).max(10_000).default(20),
  tells: Name.optional().describe("the queue that gets an event for every object that is complete"),
  part: z.int().min(1).max(10_000).default(8).describe("megabytes of a part"),
  parallel: z.int().min(1).max(64).default(4).describe("parts of one upload under way at once"),
  bandwidth: z.number().min(0.1).max(100_000).default(100).describe("megabytes a second that a node takes in"),
  pipe: z.int().min(1).max(10_000).default(64).describe("parts that may wait for a node's line; more are refused"),
  uploads: z.int().min(1).max(10_000).default(100).describe("uploads in progress per node; more are refused"),
  time: Duration.default(1).describe("CPU time of any request, mean of an exponential"),
  timeout: Duration.default(5_000).describe("how long one attempt to send a part may take"),
  attempts: z.int().min(1).max(20).default(5).describe("attempts to send a part before the upload is given up"),
  backoff: Duration.default(500).describe("wait before a part, or an event, is sent again"),
});
export type ObjectStoreConfig = z.infer<typeof ObjectStoreConfig>;

/** What operators may change of it; one for all its nodes. */
export interface ObjectStorePolicy {
  parallel: number;
  uploads: number;
}

import { z } from "zod";
import { Duration, Interval, Name } from "../../core/units.ts";

/** How the steps of an order are brought together. */
export const SAGA_MODES = ["orchestration", "choreography", "twoPhaseCommit"] as const;
export type SagaMode = (typeof SAGA_MODES)[number];

/** Whose account or item a step is about: one of the two that the order names, or always the same. */
const Party = z.union([z.enum(["key", "other"]), z.int().min(0)]);
export type Party = z.infer<typeof Party>;

/** One step of an order: something asked of another component, and its opposite. */
const Step = z.strictObject({
  call: Name,
  op: z.enum(["transfer", "increment", "order", "write"]).default("transfer"),
  from: Party.default("key").describe("first key of what is asked: who pays"),
  to: Party.default("other").describe("second key, for a transfer or an order: who is paid"),
  compensate: z.boolean().default(true).describe("undone if a later step fails; what can't be undone belongs last"),
});
export type Step = z.infer<typeof Step>;

/** Orders that take several steps at several components, of which all are done or all that were done are undone. */
export const SagaConfig = z.strictObject({
  kind: z.literal("saga"),
  on: z.array(Name).min(1),
  mode: z
    .enum(SAGA_MODES)
    .default("orchestration")
    .describe(
      "one node leads an order through its steps; or each step hands on to the next; or all at once by two-phase commit",
    ),
  steps: z.array(Step).min(1).max(12),
  keys: z.int().min(1).max(1_000_000).default(100),
  reads: Name.optional().describe("who answers reads of a key; by default the component of the first step"),
  semanticLocks: z
    .boolean()
    .default(false)
    .describe("whether a key with an order under way is closed to other orders and to reads"),
  timeout: Interval.default(500).describe("how long a step may take before it is asked again"),
  attempts: z.int().min(1).max(20).default(3).describe("refusals of a step before everything is undone"),
  backoff: Interval.default(100).describe("wait before a step is asked again, give or take half of it"),
  time: Duration.default(1).describe("CPU time of an order, mean of an exponential"),
});
export type SagaConfig = z.infer<typeof SagaConfig>;

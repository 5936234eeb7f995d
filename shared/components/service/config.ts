import { z } from "zod";
import { OPERATION_KINDS } from "../../core/operations.ts";
import { Duration, Name } from "../../core/units.ts";
import { BRANCHES_MAX } from "../../sim/idempotencyKey.ts";
import { CALL_LINES, CalleeLines, callPolicyOf, type ServicePolicy } from "./policy.ts";

/** Something that a service asks for one request; the answer of the one that the request is for goes to the client. */
const Step = z.strictObject({
  ask: Name.describe("the component that is asked in the end, through what the service calls"),
  op: z.enum(OPERATION_KINDS).optional().describe("what it is asked; by default what the service was asked"),
  for: z.array(z.enum(OPERATION_KINDS)).min(1).optional().describe("requests that need this step; by default all"),
  optional: z.boolean().default(false).describe("go on without it when it fails"),
});
export type Step = z.infer<typeof Step>;

/** Steps that are asked at the same time, and all waited for. */
const Together = z.strictObject({ together: z.array(Step).min(2).max(BRANCHES_MAX) });

const Callee = z.union([Name.transform((to) => ({ to })), CalleeLines.extend({ to: Name })]);

/** A stateless service: a pool of workers that each do some work, ask what the request needs, and answer. */
export const ServiceConfig = z.strictObject({
  kind: z.literal("service"),
  on: z.array(Name).min(1),
  calls: z
    .union([Callee.transform((callee) => [callee]), z.array(Callee).min(1)])
    .describe("what it calls, each with lines of its own if need be"),
  steps: z
    .array(z.union([Step.transform((step) => [step]), Together.transform(({ together }) => together)]))
    .max(BRANCHES_MAX)
    .default([])
    .describe("what one request takes, in order; what it is for comes last unless it is one of them"),
  workers: z
    .int()
    .min(1)
    .max(1_000)
    .default(16)
    .describe("requests per instance in progress at once, waiting included"),
  queue: z.int().min(0).max(10_000).default(100).describe("requests that may wait for a worker"),
  discipline: z.enum(["fifo", "lifo"]).default("fifo").describe("who is next: the oldest, or the newest"),
  shedByPriority: z.boolean().default(false).describe("when full, the lowest priority goes, not whoever came last"),
  dropAbandoned: z
    .boolean()
    .default(false)
    .describe("begin nothing whose sender has stopped waiting, and wait no longer than it does"),
  time: Duration.default(2).describe("CPU time of its own work, mean of an exponential"),
  ...CALL_LINES,
  idempotencyKeys: z
    .boolean()
    .default(true)
    .describe("all attempts carry one key; without, each counts as a request of its own"),
  remember: Duration.default(0).describe("how long answers to what changes something are kept by key; 0s: not at all"),
});
export type ServiceConfig = z.infer<typeof ServiceConfig>;

/** The policy that a service starts with. */
export function servicePolicyOf(config: ServiceConfig): ServicePolicy {
  return {
    ...callPolicyOf(config),
    workers: config.workers,
    queueCap: config.queue,
    discipline: config.discipline,
    shedByPriority: config.shedByPriority,
    dropAbandoned: config.dropAbandoned,
    idempotencyKeys: config.idempotencyKeys,
    rememberMs: config.remember,
  };
}

/** Too many steps for keys of their own. */
export function problemsOf({ steps }: ServiceConfig): string[] {
  const count = steps.flat().length;
  return count > BRANCHES_MAX ? [`steps: expected at most ${BRANCHES_MAX} in all, got ${count}`] : [];
}

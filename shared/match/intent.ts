import { z } from "zod";

const place = z.string().regex(/^[nzlc]\d{1,3}$/, 'a place such as "n2", "z0", "l1" or "c0"');
const name = z.string().min(1).max(40);
const share = z.number().min(0).max(1);

/**
 * Everything that an operator may wish, one shape per verb. Names are those of the level file (nodes, zones and
 * components in lower case as written there); the view's display names are the same words with a capital.
 * A wish is validated here, then allowed or refused by its verb (`match/verbs/`), then applied at the next tick.
 */
export const Intent = z.discriminatedUnion("verb", [
  z.strictObject({ verb: z.literal("dial"), store: name, stop: name }),
  z.strictObject({
    verb: z.literal("quorum"),
    store: name,
    readQuorum: z.int().min(1).max(9),
    writeQuorum: z.int().min(1).max(9),
  }),
  z.strictObject({ verb: z.literal("route"), from: name, to: name }),
  z.strictObject({ verb: z.literal("policy"), balancer: name, policy: name }),
  z.strictObject({ verb: z.literal("weight"), node: name, weight: share }),
  z.strictObject({ verb: z.literal("drain"), node: name, drained: z.boolean() }),
  z.strictObject({ verb: z.literal("promote"), store: name, node: name }),
  z.strictObject({ verb: z.literal("fence"), node: name, fenced: z.boolean() }),
  z.strictObject({ verb: z.literal("restart"), node: name }),
  z.strictObject({ verb: z.literal("power"), node: name, on: z.boolean() }),
  z.strictObject({ verb: z.literal("resize"), node: name, size: z.int().min(0).max(9) }),
  z.strictObject({ verb: z.literal("repairLink"), a: name, b: name }),
  z.strictObject({
    verb: z.literal("callPolicy"),
    service: name,
    timeoutMs: z.int().min(1).max(60_000),
    attempts: z.int().min(1).max(10),
    backoffMs: z.int().min(0).max(10_000),
  }),
  z.strictObject({ verb: z.literal("shed"), component: name, queueCap: z.int().min(0).max(10_000) }),
  z.strictObject({ verb: z.literal("set"), component: name, setting: name, value: z.number() }),
  z.strictObject({ verb: z.literal("scale"), component: name, instances: z.int().min(1).max(64) }),
  z.strictObject({ verb: z.literal("stepDown"), store: name, node: name, to: name }),
  z.strictObject({ verb: z.literal("member"), store: name, node: name, joined: z.boolean() }),
  z.strictObject({
    verb: z.literal("reshard"),
    store: name,
    shards: z.int().min(1).max(64),
    by: name,
    spread: z.int().min(1).max(64).optional(),
  }),
  z.strictObject({ verb: z.literal("split"), store: name, shard: z.int().min(0).max(63) }),
  z.strictObject({ verb: z.literal("repair"), component: name }),
  z.strictObject({ verb: z.literal("rollback"), component: name }),
  z.strictObject({ verb: z.literal("replay"), component: name }),
  z.strictObject({ verb: z.literal("rebuild"), component: name }),
  z.strictObject({
    verb: z.literal("instrument"),
    component: name,
    signal: z.enum(["metrics", "logs", "traces"]),
    on: z.boolean(),
  }),
  z.strictObject({ verb: z.literal("handOver"), component: name, to: z.int().min(0).max(7) }),
  z.strictObject({ verb: z.literal("vote"), ping: z.int().min(0), aye: z.boolean() }),
  z.strictObject({ verb: z.literal("claim"), component: name, guarantee: name }),
  z.strictObject({ verb: z.literal("ping"), at: place, word: z.string().max(24) }),
  z.strictObject({ verb: z.literal("take"), alert: z.int().min(0) }),
]);
export type Intent = z.infer<typeof Intent>;
export type VerbName = Intent["verb"];

/** An intent as the match's log keeps it: the operator's seat and the tick at which it takes effect. */
export interface LoggedIntent {
  readonly tick: number;
  readonly operator: number;
  readonly intent: Intent;
}

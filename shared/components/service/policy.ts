import { z } from "zod";
import type { Ms } from "../../core/time.ts";
import { Duration, Percent } from "../../core/units.ts";
import { BACKOFF_NAMES, type BackoffName, type BackoffPolicy } from "./backoff.ts";
import type { BreakerPolicy } from "./breaker.ts";
import type { WaitingPolicy } from "./waitingRoom.ts";

/** What a service may say when a callee can't. */
export const FALLBACKS = ["none", "stale", "empty", "default"] as const;
export type Fallback = (typeof FALLBACKS)[number];

/** How a callee is called; operators may change it during a match. */
export interface CallPolicy extends BackoffPolicy {
  /** How long an attempt may take; 0: for ever. */
  timeoutMs: Ms;
  /** Attempts in all, the first included. */
  attempts: number;
  backoffBy: BackoffName;
  /** Share of requests that may be retries; 1: as many as attempts allow. */
  retryBudget: number;
  readonly breaker: BreakerPolicy;
  /** Calls at once; 0: any number. */
  bulkheadCalls: number;
  /** How long a request may wait for one of them. */
  bulkheadWaitMs: Ms;
  /** Ask another instance too when the first takes longer than 95 % of answers. */
  hedging: boolean;
  fallback: Fallback;
  /** The value of a default answer. */
  fallbackValue: number;
}

/** How a service treats the requests that it takes, and how it calls what has no policy of its own. */
export interface ServicePolicy extends CallPolicy, WaitingPolicy {
  /** Requests per instance in progress at once, waiting included. */
  workers: number;
  /** Whether all attempts at a request carry the same key. */
  idempotencyKeys: boolean;
  /** How long answers to requests that change something are remembered by their key; 0: not at all. */
  rememberMs: Ms;
}

const Breaker = z
  .strictObject({
    failures: Percent.default(0.5).describe("share of failed calls from which it opens"),
    slow: Percent.default(1).describe("share of slow calls from which it opens"),
    slowAfter: Duration.default(60_000).describe("a call that takes this long is slow"),
    window: z.int().min(1).max(1_000).default(100).describe("calls that the shares are of: the newest so many"),
    minimumCalls: z.int().min(1).max(1_000).default(100).describe("fewer calls say nothing"),
    openFor: Duration.default(60_000).describe("how long nothing is asked once it is open"),
    trials: z.int().min(1).max(100).default(10).describe("calls let through half open, which decide whether it closes"),
  })
  .describe("circuit breaker; without these lines there is none");

const Bulkhead = z
  .strictObject({
    calls: z.int().min(1).max(1_000).default(25).describe("calls per instance at once"),
    wait: Duration.default(0).describe("how long a request may wait for one of them"),
  })
  .describe("places for calls, so that a slow callee can't take all workers; without these lines there is no bound");

/** Lines about calls, which a service may write for all that it calls, and for one of them. */
const lines = {
  timeout: Duration.describe("how long an attempt may take; 0s: for ever"),
  attempts: z.int().min(1).max(10).describe("attempts in all, the first included"),
  backoff: Duration.describe("wait before the first retry"),
  backoffBy: z.enum(BACKOFF_NAMES).describe("how waits grow and where luck comes in"),
  backoffGrowth: z.number().min(1).max(10).describe("how many times longer each wait is than the one before"),
  backoffCap: Duration.describe("no wait grows beyond this"),
  jitter: z.number().min(0).max(1).describe("exponential: share of the wait that luck may add or take"),
  retryBudget: Percent.describe("share of requests that may be retries, 10% is usual; 100%: as many as attempts allow"),
  hedge: z.boolean().describe("reads: ask another instance too when the first takes longer than 95% of answers"),
  fallback: z.enum(FALLBACKS).describe("reads that fail: an error, the last known answer, an empty one, or a default"),
  fallbackValue: z.int().describe("fallback default: the value that is answered"),
};

/** Lines about one callee: what it leaves out is as for all. */
export const CalleeLines = z
  .strictObject(lines)
  .partial()
  .extend({ breaker: Breaker.optional(), bulkhead: Bulkhead.optional() });
export type CalleeLines = z.infer<typeof CalleeLines>;

/** The same lines with their defaults; for a breaker or a bulkhead there has to be a line. */
export const CALL_LINES = {
  timeout: lines.timeout.default(1_000),
  attempts: lines.attempts.default(3),
  backoff: lines.backoff.default(500),
  backoffBy: lines.backoffBy.default("exponential"),
  backoffGrowth: lines.backoffGrowth.default(1.5),
  backoffCap: lines.backoffCap.default(20_000),
  jitter: lines.jitter.default(0.5),
  retryBudget: lines.retryBudget.default(1),
  breaker: Breaker.optional(),
  bulkhead: Bulkhead.optional(),
  hedge: lines.hedge.default(false),
  fallback: lines.fallback.default("none"),
  fallbackValue: lines.fallbackValue.default(0),
};

const AllCallLines = z.strictObject(CALL_LINES);

/** The call policy that these lines write down. */
export function callPolicyOf(config: z.infer<typeof AllCallLines>): CallPolicy {
  return {
    timeoutMs: config.timeout,
    attempts: config.attempts,
    backoffMs: config.backoff,
    backoffBy: config.backoffBy,
    backoffGrowth: config.backoffGrowth,
    backoffCapMs: config.backoffCap,
    jitter: config.jitter,
    retryBudget: config.retryBudget,
    breaker: breakerOf(config),
    bulkheadCalls: config.bulkhead?.calls ?? 0,
    bulkheadWaitMs: config.bulkhead?.wait ?? 0,
    hedging: config.hedge,
    fallback: config.fallback,
    fallbackValue: config.fallbackValue,
  };
}

/** A breaker that is off still has its figures, for operators who switch it on. */
function breakerOf({ breaker }: CalleeLines): BreakerPolicy {
  const { failures, slow, slowAfter, window, minimumCalls, openFor, trials } = breaker ?? Breaker.parse({});
  return {
    on: breaker !== undefined,
    failureShare: failures,
    slowShare: slow,
    slowAfterMs: slowAfter,
    window,
    minimumCalls,
    openForMs: openFor,
    trialCalls: trials,
  };
}

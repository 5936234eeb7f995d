import { usOf, type Ms, type Us } from "../../core/time.ts";

/** When a circuit breaker opens, and how it finds out that it may close. The defaults are Resilience4j's. */
export interface BreakerPolicy {
  on: boolean;
  /** Share of failed calls from which it opens. */
  failureShare: number;
  /** Share of slow calls from which it opens. */
  slowShare: number;
  /** A call that takes this long is slow, even when it is answered. */
  slowAfterMs: Ms;
  /** Calls that the shares are of: the newest so many. */
  readonly window: number;
  /** Fewer calls than this say nothing. */
  minimumCalls: number;
  /** How long nothing is asked once it is open. */
  openForMs: Ms;
  /** Calls that are let through half open; their shares decide. */
  trialCalls: number;
}

/** From well to ill, as operators read it. */
export const BREAKER_STATES = ["closed", "halfOpen", "open"] as const;

/**
 * Stops calling the sick: after too many failures it is open and calls fail at once, which spares the caller the wait
 * and the callee the load. After a while a few trial calls decide whether it closes.
 * Source: Nygard 2007, Release It!, section 5.2; the rule of shares and the defaults are Resilience4j's.
 */
export interface Breaker {
  state: (typeof BREAKER_STATES)[number];
  /** Grows with every change of state; answers to calls of an earlier one no longer matter. */
  generation: number;
  /** Marks of the newest calls, `at` is the place of the next. */
  marks: number[];
  at: number;
  failed: number;
  slow: number;
  openedAtUs: Us;
  /** Trial calls let through half open. */
  trials: number;
}

/** How a call ended, for the breaker. */
export interface CallEnd {
  readonly failed: boolean;
  readonly tookUs: Us;
}

const FAILED = 1;
const SLOW = 2;
/** Answer of `permit` when the call must not be made. */
export const NO_PERMIT = -1;

export function createBreaker(): Breaker {
  return { state: "closed", generation: 0, marks: [], at: 0, failed: 0, slow: 0, openedAtUs: 0, trials: 0 };
}

/** Lets a call through, or says no with −1. The permit comes back with `record`. */
export function permit(breaker: Breaker, policy: BreakerPolicy, nowUs: Us): number {
  if (!policy.on) return breaker.generation;
  if (breaker.state === "open") {
    if (nowUs - breaker.openedAtUs < usOf(policy.openForMs)) return NO_PERMIT;
    become(breaker, "halfOpen");
  }
  if (breaker.state === "halfOpen" && ++breaker.trials > policy.trialCalls) return NO_PERMIT;
  return breaker.generation;
}

/** A call that had this permit has ended. */
export function record(breaker: Breaker, policy: BreakerPolicy, permitted: number, end: CallEnd, nowUs: Us): void {
  if (!policy.on || permitted !== breaker.generation || breaker.state === "open") return;
  mark(breaker, policy, (end.failed ? FAILED : 0) + (end.tookUs >= usOf(policy.slowAfterMs) ? SLOW : 0));
  const calls = breaker.marks.length;
  const enough = breaker.state === "halfOpen" ? policy.trialCalls : Math.min(policy.minimumCalls, policy.window);
  if (calls < enough) return;
  if (breaker.failed / calls >= policy.failureShare || breaker.slow / calls >= policy.slowShare) {
    become(breaker, "open");
    breaker.openedAtUs = nowUs;
  } else if (breaker.state === "halfOpen") become(breaker, "closed");
}

function mark(breaker: Breaker, { window }: BreakerPolicy, made: number): void {
  count(breaker, breaker.marks[breaker.at] ?? 0, -1);
  count(breaker, made, 1);
  breaker.marks[breaker.at] = made;
  breaker.at = (breaker.at + 1) % window;
}

function count(breaker: Breaker, made: number, by: number): void {
  if (made === FAILED || made === FAILED + SLOW) breaker.failed += by;
  if (made >= SLOW) breaker.slow += by;
}

function become(breaker: Breaker, state: Breaker["state"]): void {
  Object.assign(breaker, { ...createBreaker(), state, generation: breaker.generation + 1 });
}

import { mutates } from "../../core/operations.ts";
import type { Stream } from "../../core/random.ts";
import { usOf, type Us } from "../../core/time.ts";
import { branchKey } from "../../sim/idempotencyKey.ts";
import type { Reply } from "../../sim/message.ts";
import type { ProcessId } from "../../sim/process.ts";
import { Endpoint, type Question, type Standing } from "../endpoint.ts";
import { nearest, type Instance } from "../site.ts";
import { backoffs } from "./backoff.ts";
import { NO_PERMIT, permit, record } from "./breaker.ts";
import { enter, leave, leaveLine } from "./bulkhead.ts";
import type { Callee } from "./callee.ts";
import { note, quantileUs } from "./latencies.ts";
import type { ServicePolicy } from "./policy.ts";
import { deposit, withdraw } from "./retryBudget.ts";
import { timeLeftMs } from "./waitingRoom.ts";

/** Share of answers that a hedged request waits out. */
const HEDGE_AFTER = 0.95;

/** One question for a callee, over as many attempts as its policy allows. `Purpose` is what it is asked for. */
export interface Errand<Purpose> {
  readonly purpose: Purpose;
  readonly callee: Callee<Errand<Purpose>>;
  readonly question: Question;
  /** Nobody waits for it after this; Infinity when nobody said. */
  readonly giveUpAtUs: Us;
  attempt: number;
  /** The wait before this attempt, ms. */
  waitMs: number;
  /** Calls of this attempt that are out: two when it is hedged. */
  out: number;
  /** True when a call ended without a definite answer: from then on a failure is no longer definite. */
  unclear: boolean;
  over: boolean;
}

/** One call of an errand. */
interface Call<Purpose> {
  readonly is: "call";
  readonly errand: Errand<Purpose>;
  readonly attempt: number;
  readonly to: ProcessId;
  readonly sentAtUs: Us;
  /** The breaker's permit; a hedge has none and tells the breaker nothing. */
  readonly permitted: number;
}

/** An errand that waits: to ask again, to hedge, or for a place in the bulkhead. */
interface Wait<Purpose> {
  readonly is: "backoff" | "hedge" | "place";
  readonly errand: Errand<Purpose>;
  readonly attempt: number;
  readonly to: ProcessId;
}

export type CallOrWait<Purpose> = Call<Purpose> | Wait<Purpose>;

/** What an errand came to: an answer, or the reason why there is none. */
export type Outcome = { readonly reply: Reply } | { readonly reason: string };

/**
 * An endpoint that calls by policy: timeout, attempts with backoff and a budget, circuit breaker, bulkhead, hedging.
 * Simplified: a hedge is not charged to the retry budget, and one that finds no place in the bulkhead is left out.
 */
export abstract class Caller<Purpose> extends Endpoint<CallOrWait<Purpose>> {
  protected readonly policy: ServicePolicy;
  readonly #luck: Stream;

  constructor(standing: Standing, policy: ServicePolicy, luck: Stream) {
    super(standing);
    this.policy = policy;
    this.#luck = luck;
  }

  /** An errand has come to something. */
  protected abstract settled(errand: Errand<Purpose>, outcome: Outcome): void;

  /** Sets out to ask; `settled` is called once, maybe at once. */
  protected ask(errand: Errand<Purpose>): void {
    deposit(errand.callee.budget, errand.callee.policy.retryBudget);
    this.#enter(errand);
  }

  protected override answered(work: CallOrWait<Purpose>, reply: Reply | null): void {
    if (work.is !== "call") return;
    const { errand } = work;
    this.#close(work, reply);
    if (errand.over || work.attempt !== errand.attempt) return;
    errand.out--;
    if (reply === null || reply.outcome === "unknown") errand.unclear = true;
    if (reply !== null && !failed(reply)) this.#settle(errand, { reply });
    else if (errand.out === 0) this.#failed(errand, reply === null ? "timeout" : reply.reason);
  }

  protected override resumed(work: CallOrWait<Purpose>): void {
    const { errand } = work;
    if (errand.over || work.attempt !== errand.attempt || work.is === "call") return;
    if (work.is === "backoff") this.#enter(errand);
    else if (work.is === "hedge") this.#hedge(errand, work.to);
    else if (leaveLine(errand.callee.bulkhead, errand)) this.#settle(errand, { reason: "bulkheadFull" });
  }

  /** Finds a place in the bulkhead, or waits for one. */
  #enter(errand: Errand<Purpose>): void {
    const { bulkhead, policy } = errand.callee;
    if (enter(bulkhead, policy.bulkheadCalls)) this.#attempt(errand);
    else if (policy.bulkheadWaitMs === 0) this.#settle(errand, { reason: "bulkheadFull" });
    else {
      bulkhead.line.push(errand);
      this.pause({ is: "place", errand, attempt: errand.attempt, to: -1 }, usOf(policy.bulkheadWaitMs));
    }
  }

  /** Asks an instance nearby, with a place in the bulkhead taken. */
  #attempt(errand: Errand<Purpose>): void {
    const { built, policy, breaker, latencies } = errand.callee;
    const permitted = permit(breaker, policy.breaker, this.world.kernel.nowUs);
    if (permitted === NO_PERMIT) {
      this.#freePlace(errand);
      this.#settle(errand, { reason: "breakerOpen" });
      return;
    }
    errand.attempt++;
    const { process } = nearest(built.instancesFor(errand.question.key), this.machine.zone, this.#luck);
    this.#call(errand, process, permitted);
    const hedgeAfterUs = hedges(errand) ? quantileUs(latencies, HEDGE_AFTER) : Infinity;
    if (hedgeAfterUs === Infinity) return;
    this.pause({ is: "hedge", errand, attempt: errand.attempt, to: process }, hedgeAfterUs);
  }

  /** Asks another instance the same, when there is one. */
  #hedge(errand: Errand<Purpose>, first: ProcessId): void {
    const { built, bulkhead, policy } = errand.callee;
    const others = built.instancesFor(errand.question.key).filter(({ process }: Instance) => process !== first);
    if (others.length === 0 || !enter(bulkhead, policy.bulkheadCalls)) return;
    this.#call(errand, nearest(others, this.machine.zone, this.#luck).process, NO_PERMIT);
  }

  #call(errand: Errand<Purpose>, to: ProcessId, permitted: number): void {
    const { question, attempt, giveUpAtUs, callee } = errand;
    const { nowUs } = this.world.kernel;
    const timeoutMs = callee.policy.timeoutMs === 0 ? Infinity : callee.policy.timeoutMs;
    const ownKey = !this.policy.idempotencyKeys && mutates(question.kind);
    const operation = ownKey ? branchKey(question.operation, attempt) : question.operation;
    const call: Call<Purpose> = { is: "call", errand, attempt, to, sentAtUs: nowUs, permitted };
    const sent = { ...question, operation, attempt: attempt + errand.out };
    errand.out++;
    this.call(to, sent, call, Math.min(timeoutMs, timeLeftMs(giveUpAtUs, nowUs)));
  }

  /** Learns from a call that ended, though its errand may be over long since. */
  #close({ errand, sentAtUs, permitted }: Call<Purpose>, reply: Reply | null): void {
    const { callee } = errand;
    const { nowUs } = this.world.kernel;
    const tookUs = nowUs - sentAtUs;
    if (callee.policy.hedging) note(callee.latencies, tookUs);
    record(
      callee.breaker,
      callee.policy.breaker,
      permitted,
      { failed: reply === null || failed(reply), tookUs },
      nowUs,
    );
    this.#freePlace(errand);
  }

  #freePlace({ callee }: Errand<Purpose>): void {
    const next = leave(callee.bulkhead, callee.policy.bulkheadCalls);
    if (next !== null) this.#attempt(next);
  }

  #failed(errand: Errand<Purpose>, reason: string): void {
    const { policy, budget } = errand.callee;
    const inTime = this.world.kernel.nowUs < errand.giveUpAtUs;
    if (errand.attempt >= policy.attempts || !inTime || !withdraw(budget, policy.retryBudget)) {
      this.#settle(errand, { reason });
      return;
    }
    errand.waitMs = backoffs[policy.backoffBy].waitMs(policy, Math.max(1, errand.attempt), errand.waitMs, this.#luck());
    this.pause({ is: "backoff", errand, attempt: errand.attempt, to: -1 }, usOf(errand.waitMs));
  }

  #settle(errand: Errand<Purpose>, outcome: Outcome): void {
    errand.over = true;
    this.settled(errand, outcome);
  }
}

/** True for an answer after which it may be worth asking again. */
function failed({ outcome }: Reply): boolean {
  return outcome === "refused" || outcome === "unknown";
}

/** Only what changes nothing is asked twice on purpose. */
function hedges({ callee, question }: Errand<unknown>): boolean {
  return callee.policy.hedging && !mutates(question.kind);
}

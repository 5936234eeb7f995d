import type { Asked, Model, ModelState } from "./model.ts";
import { SeenConfigurations } from "./seenConfigurations.ts";
import { Timeline } from "./timeline.ts";
import { Transitions } from "./transitions.ts";

/** Whether some order of the calls explains their answers; `unknown` when the steps allowed ran out first. */
export type SearchOutcome = "found" | "none" | "unknown";

/** How many steps a search may still take; shared by searches that judge one history. */
export interface SearchBudget {
  stepsLeft: number;
  /** True once the time for the search is up. */
  expired(): boolean;
}

/** How many steps lie between two looks at whether the time is up, less one: a power of two. */
const STEPS_BETWEEN_LOOKS = 0xfff;

/**
 * Searches for an order of calls, each between its question and its answer, that a model allows. Works for every model
 * and for repeated values, but may take a time exponential in the number of calls that overlap.
 *
 * The calls that may come next are those asked before the first answer of a call not yet taken. What need not be tried:
 * a set of calls taken and a state that were met before; anything but a read, when a read is allowed, because a read
 * changes nothing and only gets out of the way; a call without an answer that would change nothing; and of several
 * unanswered calls that would do the same, all but the first. Calls with an answer are tried before those without.
 * Source: Wing & Gong 1993, section 4, with the memory of Lowe 2017, section 5.
 */
export function searchLinearization<State extends ModelState, Step extends Asked>(
  model: Model<State, Step>,
  calls: readonly Step[],
  budget: SearchBudget,
): SearchOutcome {
  return new Search(model, calls, budget).run();
}

class Search<State extends ModelState, Step extends Asked> {
  readonly #budget: SearchBudget;
  readonly #line: Timeline;
  readonly #seen: SeenConfigurations;
  readonly #transitions: Transitions<State, Step>;
  readonly #isRead: Uint8Array;
  /** For a call without an answer: the one before it that would do the same, or −1. */
  readonly #twin: Int32Array;
  /** Calls taken, in their order, and the state before each. */
  readonly #taken: Int32Array;
  readonly #before: Int32Array;
  #depth = 0;
  #state = 0;
  #answersLeft: number;

  constructor(model: Model<State, Step>, calls: readonly Step[], budget: SearchBudget) {
    this.#budget = budget;
    this.#line = new Timeline(calls);
    this.#seen = new SeenConfigurations(this.#line.answered);
    this.#transitions = new Transitions(model, calls);
    this.#isRead = Uint8Array.from(calls, (call) => (model.isRead(call) ? 1 : 0));
    this.#twin = twinsOf(model, calls);
    this.#taken = new Int32Array(calls.length);
    this.#before = new Int32Array(calls.length);
    this.#answersLeft = calls.filter((_, call) => this.#line.answered[call] === 1).length;
  }

  run(): SearchOutcome {
    this.#takeReads();
    let event = this.#line.first();
    let wantsAnswered = 1;
    for (let steps = 1; this.#answersLeft > 0; steps++) {
      if (this.#budget.stepsLeft-- <= 0) return "unknown";
      if ((steps & STEPS_BETWEEN_LOOKS) === 0 && (this.#seen.isFull || this.#budget.expired())) return "unknown";
      if (this.#line.isQuestion(event)) {
        if (this.#line.answered[event] === wantsAnswered && this.#goOn(event)) {
          event = this.#line.first();
          wantsAnswered = 1;
        } else {
          event = this.#line.after(event);
        }
      } else if (wantsAnswered === 1) {
        wantsAnswered = 0;
        event = this.#line.first();
      } else {
        const call = this.#goBack();
        if (call < 0) return "none";
        wantsAnswered = this.#line.answered[call]!;
        event = this.#line.after(call);
      }
    }
    return "found";
  }

  /** Takes a call and the reads that it allows, unless that leads nowhere new; true when it was taken. */
  #goOn(call: number): boolean {
    if (this.#isRead[call] === 1) return false; // all reads that are allowed have been taken
    const after = this.#transitions.after(this.#state, call);
    if (after < 0) return false;
    if (this.#line.answered[call] === 0) {
      if (after === this.#state) return false;
      const twin = this.#twin[call]!;
      if (twin >= 0 && !this.#seen.taken.has(twin)) return false;
    }
    this.#take(call, after);
    this.#takeReads();
    if (this.#seen.add(this.#state)) return true;
    this.#goBack();
    return false;
  }

  /** Takes every read that is allowed now. */
  #takeReads(): void {
    let event = this.#line.first();
    while (this.#line.isQuestion(event)) {
      if (this.#isRead[event] === 1 && this.#transitions.after(this.#state, event) >= 0) {
        this.#take(event, this.#state);
        event = this.#line.first();
      } else {
        event = this.#line.after(event);
      }
    }
  }

  #take(call: number, after: number): void {
    this.#taken[this.#depth] = call;
    this.#before[this.#depth++] = this.#state;
    this.#state = after;
    this.#seen.taken.flip(call);
    this.#line.take(call);
    this.#answersLeft -= this.#line.answered[call]!;
  }

  /** Gives back the last call that was a choice, and the reads behind it; −1 when there is none. */
  #goBack(): number {
    while (this.#depth > 0) {
      const call = this.#taken[--this.#depth]!;
      this.#state = this.#before[this.#depth]!;
      this.#seen.taken.flip(call);
      this.#line.putBack(call);
      this.#answersLeft += this.#line.answered[call]!;
      if (this.#isRead[call] === 0) return call;
    }
    return -1;
  }
}

/** Unanswered calls that would do the same are taken in the order of their questions: any other order does the same. */
function twinsOf<State extends ModelState, Step extends Asked>(
  model: Model<State, Step>,
  calls: readonly Step[],
): Int32Array {
  const twins = new Int32Array(calls.length).fill(-1);
  const latest = new Map<string, number>();
  for (const [call, step] of calls.entries()) {
    if (step.outcome === "ok") continue;
    const effect = model.effect(step);
    twins[call] = latest.get(effect) ?? -1;
    latest.set(effect, call);
  }
  return twins;
}

import type { Asked, Model, ModelState } from "./model.ts";
import { SeenConfigurations } from "./seenConfigurations.ts";

/** Whether some order of the calls explains their answers; `unknown` when the steps allowed ran out first. */
export type SearchOutcome = "found" | "none" | "unknown";

/** How many steps a search may still take; shared by searches that judge one history. */
export interface SearchBudget {
  stepsLeft: number;
}

/**
 * Searches for an order of calls, each between its question and its answer, that a model allows. Works for every model
 * and for repeated values, but may take a time exponential in the number of calls that overlap.
 *
 * Walks along the questions and answers in the order of time; takes a call as soon as the model allows it and looks
 * again from the beginning; on meeting the answer of a call not yet taken, takes back the last one. A set of calls taken
 * and a state that were met before are not tried again.
 * Source: Wing & Gong 1993, section 4, with the memory of Lowe 2017, section 5.
 */
export function searchLinearization<State extends ModelState, Step extends Asked>(
  model: Model<State, Step>,
  calls: readonly Step[],
  budget: SearchBudget,
): SearchOutcome {
  const line = new Timeline(calls);
  const seen = new SeenConfigurations<State>(calls.length);
  const taken: { readonly call: number; readonly before: State }[] = [];
  let answersLeft = calls.filter(isAnswered).length;
  let state = model.initial;
  let event = line.first();
  while (answersLeft > 0) {
    if (budget.stepsLeft-- <= 0) return "unknown";
    const call = line.questionAt(event);
    if (call !== undefined) {
      const after = model.step(state, calls[call]!);
      if (after !== undefined && seen.addWith(call, after)) {
        taken.push({ call, before: state });
        state = after;
        if (line.take(call)) answersLeft--;
        event = line.first();
      } else {
        event = line.after(event);
      }
      continue;
    }
    const last = taken.pop();
    if (last === undefined) return "none";
    state = last.before;
    seen.without(last.call);
    if (line.putBack(last.call)) answersLeft++;
    event = line.after(last.call);
  }
  return "found";
}

/** A call without an answer that tells may be taken at any time after its question, or never. */
function isAnswered(call: Asked): boolean {
  return call.outcome === "ok";
}

/**
 * Questions and answers in the order of time, as a doubly linked list from which a call can be taken and put back at the
 * cost of four links. Event `call` is the question of a call, event `calls + call` its answer. At the same time questions
 * come first, so that the two overlap.
 */
class Timeline {
  readonly #calls: number;
  readonly #answered: readonly boolean[];
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  /** Stands before the first event and behind the last. */
  readonly #edge: number;

  constructor(calls: readonly Asked[]) {
    this.#calls = calls.length;
    this.#edge = 2 * calls.length;
    this.#answered = calls.map(isAnswered);
    const timeOf = (event: number) =>
      event < calls.length ? calls[event]!.invokedAtUs : calls[event - calls.length]!.completedAtUs;
    const events = [
      ...calls.keys(),
      ...[...calls.keys()].filter((call) => this.#answered[call]).map((it) => it + calls.length),
    ];
    events.sort((a, b) => timeOf(a) - timeOf(b) || a - b);
    this.#next = new Int32Array(this.#edge + 1);
    this.#previous = new Int32Array(this.#edge + 1);
    let before = this.#edge;
    for (const event of [...events, this.#edge]) {
      this.#next[before] = event;
      this.#previous[event] = before;
      before = event;
    }
  }

  first(): number {
    return this.#next[this.#edge]!;
  }

  after(event: number): number {
    return this.#next[event]!;
  }

  /** The call whose question this event is; undefined for an answer and for the end. */
  questionAt(event: number): number | undefined {
    return event < this.#calls ? event : undefined;
  }

  /** Takes a call out; true when it had an answer. */
  take(call: number): boolean {
    this.#leave(call);
    if (this.#answered[call]) this.#leave(call + this.#calls);
    return this.#answered[call]!;
  }

  /** Puts back the call that was taken last; true when it had an answer. */
  putBack(call: number): boolean {
    if (this.#answered[call]) this.#enter(call + this.#calls);
    this.#enter(call);
    return this.#answered[call]!;
  }

  #leave(event: number): void {
    this.#next[this.#previous[event]!] = this.#next[event]!;
    this.#previous[this.#next[event]!] = this.#previous[event]!;
  }

  #enter(event: number): void {
    this.#next[this.#previous[event]!] = event;
    this.#previous[this.#next[event]!] = event;
  }
}

import type { Asked } from "./model.ts";

/** A call without an answer that tells may be taken at any time after its question, or never. */
function isAnswered(call: Asked): boolean {
  return call.outcome === "ok";
}

/**
 * Questions and answers in the order of time, as a doubly linked list from which a call can be taken and put back at the
 * cost of four links. Event `call` is the question of a call, event `calls + call` its answer. At the same time questions
 * come first, so that the two overlap.
 */
export class Timeline {
  /** For each call: 1 when it has an answer. */
  readonly answered: Uint8Array;
  readonly #calls: number;
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  /** Stands before the first event and behind the last. */
  readonly #edge: number;

  constructor(calls: readonly Asked[]) {
    this.#calls = calls.length;
    this.#edge = 2 * calls.length;
    this.answered = Uint8Array.from(calls, (call) => (isAnswered(call) ? 1 : 0));
    this.#next = new Int32Array(this.#edge + 1);
    this.#previous = new Int32Array(this.#edge + 1);
    let before = this.#edge;
    for (const event of [...eventsInOrder(calls), this.#edge]) {
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

  /** True when an event is a question, and its number that of the call; false for an answer and for the end. */
  isQuestion(event: number): boolean {
    return event < this.#calls;
  }

  /** Takes a call out. */
  take(call: number): void {
    this.#leave(call);
    if (this.answered[call] === 1) this.#leave(call + this.#calls);
  }

  /** Puts back the call that was taken last. */
  putBack(call: number): void {
    if (this.answered[call] === 1) this.#enter(call + this.#calls);
    this.#enter(call);
  }

  #leave(event: number): void {
    const next = this.#next[event]!;
    const previous = this.#previous[event]!;
    this.#next[previous] = next;
    this.#previous[next] = previous;
  }

  #enter(event: number): void {
    this.#next[this.#previous[event]!] = event;
    this.#previous[this.#next[event]!] = event;
  }
}

function eventsInOrder(calls: readonly Asked[]): number[] {
  const timeOf = (event: number) =>
    event < calls.length ? calls[event]!.invokedAtUs : calls[event - calls.length]!.completedAtUs;
  const questions = [...calls.keys()];
  const answers = questions.filter((call) => isAnswered(calls[call]!)).map((call) => call + calls.length);
  return [...questions, ...answers].sort((a, b) => timeOf(a) - timeOf(b) || a - b);
}

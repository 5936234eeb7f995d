import type { Asked, Model, ModelState } from "./model.ts";

/** How many answers of the model are remembered: 16 MB. */
const REMEMBERED_MAX = 1 << 22;
const NOT_ASKED = -2;
const NOT_ALLOWED = -1;

/** A model's states by number, in the order in which a search meets them, and what each call makes of each. */
export class Transitions<State extends ModelState, Step extends Asked> {
  readonly #model: Model<State, Step>;
  readonly #calls: readonly Step[];
  readonly #states: State[] = [];
  readonly #numbers = new Map<State, number>();
  /** For the first states met: the state after each call. */
  readonly #rows: Int32Array[] = [];

  constructor(model: Model<State, Step>, calls: readonly Step[]) {
    this.#model = model;
    this.#calls = calls;
    this.#numberOf(model.initial);
  }

  /** Number of the state after a call; −1 when the call's answer is not possible. The initial state is number 0. */
  after(state: number, call: number): number {
    const row = this.#rows[state];
    if (row === undefined) return this.#ask(state, call);
    if (row[call] === NOT_ASKED) row[call] = this.#ask(state, call);
    return row[call]!;
  }

  #ask(state: number, call: number): number {
    const after = this.#model.step(this.#states[state]!, this.#calls[call]!);
    return after === undefined ? NOT_ALLOWED : this.#numberOf(after);
  }

  #numberOf(state: State): number {
    const known = this.#numbers.get(state);
    if (known !== undefined) return known;
    const number = this.#states.push(state) - 1;
    this.#numbers.set(state, number);
    if ((number + 1) * this.#calls.length <= REMEMBERED_MAX) {
      this.#rows.push(new Int32Array(this.#calls.length).fill(NOT_ASKED));
    }
    return number;
  }
}

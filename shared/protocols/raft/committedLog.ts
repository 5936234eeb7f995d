import { applyCommand, createRegisters, type Registers } from "../registers.ts";
import type { Entry } from "./messages.ts";

/** The one log that all replicas of a group agreed on, as it was seen to grow, and the state machine that it makes. */
export class CommittedLog {
  readonly #entries: Entry[] = [];
  /** Term of the leader or follower that was first seen to commit each entry. */
  readonly #terms: number[] = [];
  #made: Registers = createRegisters();

  get length(): number {
    return this.#entries.length;
  }

  entry(index: number): Entry {
    return this.#entries[index - 1]!;
  }

  termOf(index: number): number {
    return this.#terms[index - 1]!;
  }

  /** An entry is committed at an index, the next or one that was; false when another one stands there. */
  commit(index: number, entry: Entry, term: number): boolean {
    if (index > this.#entries.length + 1) return false;
    this.#terms[index - 1] ??= term;
    return (this.#entries[index - 1] ??= entry) === entry;
  }

  changesOfMembership(): number {
    return this.#entries.filter(({ members }) => members !== undefined).length;
  }

  /** True when these registers are what the log up to their applied index makes, retries that they remember included. */
  makes({ appliedIndex, values, answered }: Readonly<Registers>): boolean {
    if (appliedIndex > this.#entries.length) return false;
    if (appliedIndex < this.#made.appliedIndex) this.#made = createRegisters();
    while (this.#made.appliedIndex < appliedIndex) {
      const index = this.#made.appliedIndex + 1;
      applyCommand(this.#made, index, this.entry(index).command);
    }
    const isSame =
      values.size === this.#made.values.size &&
      [...values].every(([key, value]) => this.#made.values.get(key) === value);
    return isSame && answered.answers.every((answer, place) => this.#made.answered.answers[place] === answer);
  }
}

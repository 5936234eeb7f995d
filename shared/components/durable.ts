import { invariant } from "../core/invariant.ts";

/** What a state is made of: where it begins, how a change alters it, and a copy that shares nothing that changes. */
export interface Ledgered<State, Change> {
  empty(): State;
  apply(state: State, change: Change): void;
  copy(state: State): State;
}

/** A change on its way to the disk, and who waits for it to be there. */
interface Written<Change, Waiting> {
  readonly change: Change;
  readonly waiting: Waiting | null;
}

/**
 * State of an instance on a machine with a disk: memory runs ahead of the disk by the changes that are not yet durable.
 * A crash takes memory back to the disk; whoever waited for a change is told when it is durable, and not before.
 * Source: write-ahead logging, Mohan et al. 1992 (ARIES), section 1.1.
 * Simplified: the disk holds the state itself and not its log; reading it again after a crash takes no time.
 */
export class Durable<State, Change, Waiting> {
  readonly #rules: Ledgered<State, Change>;
  #memory: State;
  #disk: State;
  #written: Written<Change, Waiting>[] = [];
  /** Number of the first change that is not durable; changes are counted from 0. */
  #first = 0;

  constructor(rules: Ledgered<State, Change>) {
    this.#rules = rules;
    this.#memory = rules.empty();
    this.#disk = rules.empty();
  }

  /** With all changes, durable or not. */
  get memory(): State {
    return this.#memory;
  }

  /** What a crash would leave. */
  get disk(): State {
    return this.#disk;
  }

  /** Makes a change in memory and returns the token to hand to `Machine.sync`, so that it becomes durable. */
  write(change: Change, waiting: Waiting | null = null): number {
    this.#rules.apply(this.#memory, change);
    this.#written.push({ change, waiting });
    return this.#first + this.#written.length - 1;
  }

  /** All changes up to a token are durable: returns those who waited for them, in the order of the changes. */
  synced(token: number): Waiting[] {
    const count = token - this.#first + 1;
    if (count <= 0) return [];
    invariant(count <= this.#written.length, `durable: change ${token} was synced before it was written`);
    const durable = this.#written.slice(0, count);
    this.#written = this.#written.slice(count);
    this.#first += count;
    for (const { change } of durable) this.#rules.apply(this.#disk, change);
    return durable.flatMap(({ waiting }) => (waiting === null ? [] : [waiting]));
  }

  /** The power is gone: what was not durable never happened. */
  crashed(): void {
    this.#memory = this.#rules.copy(this.#disk);
    this.#first += this.#written.length;
    this.#written = [];
  }

  /** The machine came back with an empty disk. */
  lost(): void {
    this.#memory = this.#rules.empty();
    this.#disk = this.#rules.empty();
  }
}

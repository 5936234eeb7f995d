import type { Us } from "../core/time.ts";
import type { Operation } from "../history/operation.ts";
import { Growing } from "./growing.ts";

/** Money that goes one way through an account: what surely went, as clients were told, and what may have gone. */
export class Way {
  /** Acknowledged, by the time of the acknowledgement. */
  readonly sure = new Growing();
  readonly #acknowledged: { readonly id: number; readonly amount: number; readonly atUs: Us }[] = [];
  /** Asked for, and not told to have failed, by id. */
  readonly #asked = new Map<number, Operation>();
  /** All of that together. */
  possible = 0;

  ask(move: Operation): void {
    this.#asked.set(move.id, move);
    this.possible += move.argument!;
  }

  decline(move: Operation): void {
    this.#asked.delete(move.id);
    this.possible -= move.argument!;
  }

  /** Everything that may have moved up to a moment. */
  askedBy(us: Us): number[] {
    return [...this.#asked.values()].flatMap(({ id, invokedAtUs }) => (invokedAtUs <= us ? [id] : []));
  }

  acknowledge({ id, completedAtUs }: Operation, amount: number): void {
    this.sure.add(completedAtUs, amount);
    this.#acknowledged.push({ id, amount, atUs: completedAtUs });
  }

  /** Of the moves acknowledged before a moment, the fewest newest ones that make more than an amount together. */
  proof(amount: number, beforeUs: Us): number[] {
    const ids: number[] = [];
    let sum = 0;
    for (let place = this.#acknowledged.length - 1; place >= 0 && sum <= amount; place--) {
      const { id, amount: moved, atUs } = this.#acknowledged[place]!;
      if (atUs >= beforeUs) continue;
      ids.push(id);
      sum += moved;
    }
    return ids;
  }
}

/** A balance that somebody was told, and by how much it may still be proved wrong either way. */
export interface Sighting {
  readonly read: Operation;
  readonly balance: number;
  /** How far the balance is below the most, and above the least, that could have been there. */
  slackAbove: number;
  slackBelow: number;
}

/** What clients know of one account: whatever order explains their answers, a balance lies between two bounds. */
export class AccountBounds {
  readonly opening: number;
  readonly into = new Way();
  readonly outOf = new Way();
  /** In the order of completion. */
  readonly sightings: Sighting[] = [];

  constructor(opening: number) {
    this.opening = opening;
  }

  /** The most that a read answered now can have found: all that may have come in, and only what surely went out before it. */
  most({ invokedAtUs }: Operation): number {
    return this.opening + this.into.possible - this.outOf.sure.before(invokedAtUs);
  }

  /** The least that it can have found. */
  least({ invokedAtUs }: Operation): number {
    return this.opening + this.into.sure.before(invokedAtUs) - this.outOf.possible;
  }

  /** The most that was ever there to spend. */
  get spendable(): number {
    return this.opening + this.into.possible;
  }

  /** Accepted balances that were answered after a moment, newest first. */
  *seenSince(us: Us): IterableIterator<Sighting> {
    for (let place = this.sightings.length - 1; place >= 0; place--) {
      const sighting = this.sightings[place]!;
      if (sighting.read.completedAtUs < us) return;
      yield sighting;
    }
  }
}

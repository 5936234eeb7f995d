import { broken } from "../core/invariant.ts";
import type { Bucket, LossView } from "./debrief.ts";

/** One operation's place in the ledger. */
export interface Entry {
  readonly bucket: Bucket;
  readonly component: string;
  /** What a right answer in time would have earned. */
  readonly value: number;
  /** What it cost beyond what it did not earn: only a wrong answer has a price. */
  readonly price: number;
  /** Why it was lost, in a few words; empty when it was served. */
  readonly cause: string;
  /** True when its answer came in time, right or wrong. */
  readonly inTime: boolean;
}

interface Loss {
  readonly cause: string;
  readonly bucket: Bucket;
  readonly component: string;
  operations: number;
  worth: number;
}

/**
 * The score as a plain sum: every operation is in exactly one bucket, and every loss has one cause. All figures on all
 * screens come from here, so they agree.
 */
export class Ledger {
  readonly counts: Record<Bucket, number> = { served: 0, late: 0, refused: 0, unknown: 0, wrong: 0 };
  readonly #losses = new Map<string, Loss>();
  #all = 0;
  #earned = 0;
  #price = 0;
  #inTime = 0;
  #answered = 0;
  #wrong = 0;

  add(entry: Entry): void {
    this.#book(entry, 1);
  }

  /** Takes back an entry that a later answer proved to belong elsewhere. */
  remove(entry: Entry): void {
    this.#book(entry, -1);
  }

  /** Value of the requests answered in time, out of all; 1 while nothing was asked. */
  get availability(): number {
    return this.#all === 0 ? 1 : this.#inTime / this.#all;
  }

  /** 1 − wrong ÷ answered, weighted by value; 1 while nothing was answered. */
  get correctness(): number {
    return this.#answered === 0 ? 1 : 1 - this.#wrong / this.#answered;
  }

  /** 1000 × max(0, earned − price of wrong answers) ÷ all value; 0 without traffic. */
  get score(): number {
    return this.#all === 0 ? 0 : (1_000 * Math.max(0, this.#earned - this.#price)) / this.#all;
  }

  get total(): number {
    const { served, late, refused, unknown, wrong } = this.counts;
    return served + late + refused + unknown + wrong;
  }

  /** Losses by cause, dearest first. Their points add up to 1000 − score. */
  losses(): LossView[] {
    const missing = 1_000 - this.score;
    let worth = 0;
    for (const loss of this.#losses.values()) worth += loss.worth;
    const perWorth = worth > 0 ? missing / worth : 0;
    return [...this.#losses.values()]
      .filter((loss) => loss.operations > 0)
      .map(({ cause, bucket, component, operations, worth: lost }) => ({ cause, bucket, component, operations, points: lost * perWorth }))
      .sort((a, b) => b.points - a.points || (a.cause < b.cause ? -1 : 1));
  }

  #book({ bucket, component, value, price, cause, inTime }: Entry, sign: 1 | -1): void {
    this.counts[bucket] += sign;
    if (this.counts[bucket] < 0) broken(`ledger: more ${bucket} operations were taken back than booked`);
    this.#all += sign * value;
    if (inTime) this.#inTime += sign * value;
    if (bucket === "served" || bucket === "late" || bucket === "wrong") this.#answered += sign * value;
    if (bucket === "wrong") this.#wrong += sign * value;
    this.#price += sign * price;
    if (bucket === "served") this.#earned += sign * value;
    else this.#bookLoss(`${component}|${bucket}|${cause}`, { cause, bucket, component, operations: sign, worth: sign * (value + price) });
  }

  #bookLoss(key: string, loss: Loss): void {
    const known = this.#losses.get(key);
    if (known === undefined) this.#losses.set(key, loss);
    else {
      known.operations += loss.operations;
      known.worth += loss.worth;
    }
  }
}

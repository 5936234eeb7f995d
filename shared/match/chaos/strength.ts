import type { Bucket } from "../debrief.ts";

/** Looks that the recent share goes back on: ten, a second apart. */
const LOOKS = 10;
/** Points of availability below the SLO from which a team hurts. */
const HURT = 0.05;

/** How a team is doing: what its users got lately, and all in all, against what they were promised. */
export type Temper =
  /** Well below the promise just now: nothing more, until it is out of the woods. */
  | "hurting"
  /** Below the promise, lately or all in all. */
  | "struggling"
  /** As promised. */
  | "strong";

/** Watches how strong a team is by the ledger alone: what clients got, not what the operators did. */
export class Strength {
  readonly #slo: number;
  readonly #looks: { readonly served: number; readonly total: number }[] = [];

  /** `slo`: the share of requests that has to be served. */
  constructor(slo: number) {
    this.#slo = slo;
  }

  /** Looks at the ledger; call once a second. */
  note(counts: Readonly<Record<Bucket, number>>): void {
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    this.#looks.push({ served: counts.served, total });
    if (this.#looks.length > LOOKS + 1) this.#looks.shift();
  }

  get temper(): Temper {
    const newest = this.#looks.at(-1) ?? { served: 0, total: 0 };
    const oldest = this.#looks[0] ?? newest;
    const recent = shareOf(newest.served - oldest.served, newest.total - oldest.total);
    if (recent < this.#slo - HURT) return "hurting";
    return recent >= this.#slo && shareOf(newest.served, newest.total) >= this.#slo ? "strong" : "struggling";
  }
}

/** 1 while nothing was asked. */
function shareOf(served: number, total: number): number {
  return total <= 0 ? 1 : served / total;
}

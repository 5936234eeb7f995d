import type { Us } from "../core/time.ts";

/** How many of these moments, in their order, come strictly before another. */
export function countBefore(moments: readonly Us[], us: Us): number {
  let low = 0;
  let high = moments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (moments[middle]! < us) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Sums that grow over time, and what they were at any moment. */
export class Growing {
  readonly #atUs: Us[] = [];
  readonly #sums: number[] = [];

  add(atUs: Us, amount: number): void {
    this.#atUs.push(atUs);
    this.#sums.push(this.sum + amount);
  }

  /** The sum of what was added strictly before a moment. */
  before(us: Us): number {
    return this.#sums[countBefore(this.#atUs, us) - 1] ?? 0;
  }

  get sum(): number {
    return this.#sums.at(-1) ?? 0;
  }
}

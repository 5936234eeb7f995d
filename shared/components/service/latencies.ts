import type { Us } from "../../core/time.ts";

/** Answers that are looked back on: enough for a 95th percentile, few enough to follow a change. */
const WINDOW = 400;
/** With fewer there is no saying what is usual. */
const ENOUGH = 50;

/**
 * How long the newest answers of a callee took, for hedging: a request that takes longer than nearly all others is sent
 * to a second instance, which adds one request in twenty at the 95th percentile.
 * Source: Dean & Barroso 2013, The tail at scale, "Hedged requests".
 */
export interface Latencies {
  /** In order of arrival; `at` is the place of the next. */
  readonly newest: Us[];
  at: number;
  /** The same, by size. */
  readonly sorted: Us[];
}

export function createLatencies(): Latencies {
  return { newest: [], at: 0, sorted: [] };
}

/** An answer took this long; one that never came took as long as it was waited for. */
export function note(latencies: Latencies, tookUs: Us): void {
  const { newest, sorted } = latencies;
  const oldest = newest[latencies.at];
  if (oldest !== undefined) sorted.splice(placeOf(sorted, oldest), 1);
  sorted.splice(placeOf(sorted, tookUs), 0, tookUs);
  newest[latencies.at] = tookUs;
  latencies.at = (latencies.at + 1) % WINDOW;
}

/** What this share of answers stays below; Infinity while too few are known. */
export function quantileUs({ sorted }: Latencies, share: number): Us {
  if (sorted.length < ENOUGH) return Infinity;
  // The next answer exceeds the k-th of n with probability 1 − k ÷ (n + 1).
  return sorted[Math.min(sorted.length, Math.ceil(share * (sorted.length + 1))) - 1]!;
}

/** First place whose amount is not below this one. */
function placeOf(sorted: readonly Us[], amount: Us): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (sorted[middle]! < amount) low = middle + 1;
    else high = middle;
  }
  return low;
}

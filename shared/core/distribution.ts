import { exp, ln, normalQuantile } from "./maths.ts";
import type { Stream } from "./random.ts";

const CELLS = 4_096;
/** Cells at the far end that are worked out exactly, because a straight line would cut the tail. */
const EXACT_CELLS = 16;

/**
 * A distribution of non-negative amounts (delays, service times), sampled by inverting its quantile function.
 * A table with straight lines between 4,096 points serves the body without a logarithm; the last 0.4 % is exact.
 */
export class Distribution {
  readonly #quantile: (share: number) => number;
  readonly #table: Float64Array;

  /** `quantile(u)` for u in [0, 1) must grow with u. */
  constructor(quantile: (share: number) => number) {
    this.#quantile = quantile;
    this.#table = new Float64Array(CELLS - EXACT_CELLS + 1);
    for (let cell = 0; cell < this.#table.length; cell++) this.#table[cell] = quantile(cell / CELLS);
  }

  sample(stream: Stream): number {
    const share = stream();
    const place = share * CELLS;
    const cell = Math.floor(place);
    if (cell >= CELLS - EXACT_CELLS) return this.#quantile(share);
    const low = this.#table[cell]!;
    return low + (this.#table[cell + 1]! - low) * (place - cell);
  }

  /** The amount that this share of samples stays below, for example 0.99. */
  quantile(share: number): number {
    return this.#quantile(share);
  }
}

/** Memoryless times with this mean: gaps of Poisson arrivals, service times of an M/M/c queue. */
export function exponential(mean: number): Distribution {
  return new Distribution((share) => -mean * ln(1 - share));
}

/** Always the same amount. */
export function constant(amount: number): Distribution {
  return new Distribution(() => amount);
}

/**
 * Log-normal delays given by their median and 99th percentile, the two figures people know of a link. With a median of 0,
 * or a 99th percentile that is not above the median, they are always the median.
 */
export function logNormal(p50: number, p99: number): Distribution {
  const sigma = p50 > 0 && p99 > p50 ? ln(p99 / p50) / normalQuantile(0.99) : 0;
  return new Distribution((share) => (share === 0 ? 0 : p50 * exp(sigma * normalQuantile(share))));
}

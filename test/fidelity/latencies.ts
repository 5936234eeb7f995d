import { Distribution } from "../../shared/core/distribution.ts";
import type { Us } from "../../shared/core/time.ts";

/** With this chance a Pareto delay, and otherwise an exponential one: how Bailis et al. describe what they measured. */
interface Mixture {
  readonly pareto: number;
  /** Least Pareto delay, ms, and its exponent. */
  readonly leastMs: number;
  readonly alpha: number;
  /** Rate of the exponential, per ms. */
  readonly perMs: number;
}

/** Delays of the four legs: a write on its way (W), its acknowledgement (A), a read (R) and its response (S). */
interface Legs {
  readonly write: Mixture;
  readonly others: Mixture;
  /** Added to every leg between two data centres, ms. */
  readonly acrossMs: number;
}

const SSD: Mixture = { pareto: 0.9122, leastMs: 0.235, alpha: 10, perMs: 1.66 };
const DISK: Mixture = { pareto: 0.38, leastMs: 1.05, alpha: 1.51, perMs: 0.183 };

/** Source: Bailis et al. 2012, table 3; `YMMR` writes have alpha 3.5, see `reference/staleness.json`. */
export const LATENCIES = {
  "LNKD-SSD": { write: SSD, others: SSD, acrossMs: 0 },
  "LNKD-DISK": { write: DISK, others: SSD, acrossMs: 0 },
  YMMR: {
    write: { pareto: 0.939, leastMs: 3, alpha: 3.5, perMs: 0.0028 },
    others: { pareto: 0.982, leastMs: 1.5, alpha: 3.8, perMs: 0.0217 },
    acrossMs: 0,
  },
  WAN: { write: DISK, others: SSD, acrossMs: 75 },
} as const satisfies Record<string, Legs>;
export type LatencyModel = keyof typeof LATENCIES;

/** Delays of a mixture as a distribution of µs, `unitUs` of them to a millisecond of the paper. */
export function mixtureUs({ pareto, leastMs, alpha, perMs }: Mixture, plusMs: number, unitUs: Us): Distribution {
  const below = (ms: number): number =>
    pareto * (ms <= leastMs ? 0 : 1 - (leastMs / ms) ** alpha) + (1 - pareto) * (1 - Math.exp(-perMs * ms));
  return new Distribution((share) => (inverse(below, share) + plusMs) * unitUs);
}

/** The place at which a growing function reaches a value in [0, 1), to 50 bits. */
function inverse(growing: (place: number) => number, value: number): number {
  if (value === 0) return 0;
  let high = 1;
  while (growing(high) < value) high *= 2;
  let low = 0;
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (growing(middle) < value) low = middle;
    else high = middle;
  }
  return high;
}

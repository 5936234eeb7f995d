import type { Ms } from "../core/time.ts";

/** Figures of one component over the last seconds, as users felt them. */
export interface Reading {
  readonly ratePerSecond: number;
  readonly errorsPerSecond: number;
  readonly latencyMsP50: Ms;
  readonly latencyMsP99: Ms;
}

interface Second {
  requests: number;
  errors: number;
  latenciesMs: number[];
}

/** Seconds that percentiles look back on. */
const WINDOW = 5;

const EMPTY: Reading = { ratePerSecond: 0, errorsPerSecond: 0, latencyMsP50: 0, latencyMsP99: 0 };

/** Counts answers of a component second by second; a reading is made once a second, like a scrape. */
export class Meter {
  readonly #past: Second[] = [];
  #now: Second = { requests: 0, errors: 0, latenciesMs: [] };
  reading: Reading = EMPTY;

  /** A request ended; failed ones have no latency. */
  count(failed: boolean, latencyMs: Ms): void {
    this.#now.requests++;
    if (failed) this.#now.errors++;
    else this.#now.latenciesMs.push(latencyMs);
  }

  /** Ends a second: percentiles over the last five, rates over the last one. */
  tick(): void {
    this.#past.push(this.#now);
    if (this.#past.length > WINDOW) this.#past.shift();
    const latencies = this.#past.flatMap(({ latenciesMs }) => latenciesMs).sort((a, b) => a - b);
    this.reading = {
      ratePerSecond: this.#now.requests,
      errorsPerSecond: this.#now.errors,
      latencyMsP50: quantile(latencies, 0.5),
      latencyMsP99: quantile(latencies, 0.99),
    };
    this.#now = { requests: 0, errors: 0, latenciesMs: [] };
  }

  /** Share of the requests of the last five seconds that failed, 0 to 1. */
  get failedShare(): number {
    let requests = 0;
    let errors = 0;
    for (const second of this.#past) {
      requests += second.requests;
      errors += second.errors;
    }
    return requests === 0 ? 0 : errors / requests;
  }

  /** Requests that failed over the last five seconds. */
  get failed(): number {
    return this.#past.reduce((sum, { errors }) => sum + errors, 0);
  }
}

/** Nearest-rank quantile of sorted numbers; 0 of none. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted.length === 0 ? 0 : sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}

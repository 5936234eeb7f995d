import type { Ms } from "../core/time.ts";

/** Figures of one component over the last seconds, as users felt them. */
export interface Reading {
  readonly ratePerSecond: number;
  readonly errorsPerSecond: number;
  readonly latencyMsP50: Ms;
  readonly latencyMsP99: Ms;
}

/** Seconds that percentiles and shares look back on. */
const WINDOW = 5;
/** Sixteen buckets to each doubling of the latency, from 16 µs to 70 minutes: within 6 % of the true figure. */
const BUCKETS = 16 * 32;

/** Counts of one second. */
class Second {
  requests = 0;
  errors = 0;
  readonly latencies = new Uint16Array(BUCKETS);

  clear(): void {
    this.requests = 0;
    this.errors = 0;
    this.latencies.fill(0);
  }
}

/** Counts the answers of a component, zone or machine second by second; a reading is made once a second, like a scrape. */
export class Meter {
  readonly #seconds = Array.from({ length: WINDOW }, () => new Second());
  readonly #latencies = new Uint32Array(BUCKETS);
  #current = 0;
  #answers = 0;
  #requests = 0;
  #errors = 0;
  reading: Reading = { ratePerSecond: 0, errorsPerSecond: 0, latencyMsP50: 0, latencyMsP99: 0 };

  /** A request ended; failed ones have no latency. */
  count(failed: boolean, latencyMs: Ms): void {
    const second = this.#seconds[this.#current]!;
    second.requests++;
    this.#requests++;
    if (failed) {
      second.errors++;
      this.#errors++;
      return;
    }
    const bucket = bucketOf(latencyMs);
    second.latencies[bucket]!++;
    this.#latencies[bucket]!++;
    this.#answers++;
  }

  /** Ends a second: percentiles over the last five, rates over the last one. */
  tick(): void {
    const { requests, errors } = this.#seconds[this.#current]!;
    this.reading = {
      ratePerSecond: requests,
      errorsPerSecond: errors,
      latencyMsP50: this.#quantile(0.5),
      latencyMsP99: this.#quantile(0.99),
    };
    this.#current = (this.#current + 1) % WINDOW;
    this.#forget(this.#seconds[this.#current]!);
  }

  /** Share of the requests of the last seconds that failed, 0 to 1. */
  get failedShare(): number {
    return this.#requests === 0 ? 0 : this.#errors / this.#requests;
  }

  /** Requests that failed over the last seconds. */
  get failed(): number {
    return this.#errors;
  }

  #forget(second: Second): void {
    this.#requests -= second.requests;
    this.#errors -= second.errors;
    this.#answers -= second.requests - second.errors;
    if (second.requests > second.errors) {
      for (let bucket = 0; bucket < BUCKETS; bucket++) this.#latencies[bucket]! -= second.latencies[bucket]!;
    }
    second.clear();
  }

  #quantile(share: number): Ms {
    let left = Math.floor(share * this.#answers);
    if (this.#answers === 0) return 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      left -= this.#latencies[bucket]!;
      if (left < 0) return middleMs(bucket);
    }
    return 0;
  }
}

/** Bucket by the highest bit of the microseconds and the four bits below it. */
function bucketOf(latencyMs: Ms): number {
  const us = Math.max(16, Math.min(4_294_967_295, latencyMs * 1_000)) >>> 0;
  const octave = 31 - Math.clz32(us);
  return octave * 16 + ((us >>> (octave - 4)) & 15);
}

function middleMs(bucket: number): Ms {
  const octave = Math.floor(bucket / 16);
  let width = 1 / 16;
  for (let doubling = 0; doubling < octave; doubling++) width *= 2;
  return Math.round((16 + (bucket % 16) + 0.5) * width) / 1_000;
}

/** Nearest-rank quantile of sorted numbers; 0 of none. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  return sorted.length === 0 ? 0 : sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}

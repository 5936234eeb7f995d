/** How often something may be done: `burst` at once, `perSecond` in the long run. */
export interface AllowanceRate {
  readonly burst: number;
  readonly perSecond: number;
}

/** A token bucket: full at first, refilled evenly, emptied by one with each `take`. */
export class Allowance {
  readonly #rate: AllowanceRate;
  #left: number;
  #lastMs: number;

  constructor(rate: AllowanceRate, nowMs: number) {
    this.#rate = rate;
    this.#left = rate.burst;
    this.#lastMs = nowMs;
  }

  /** Takes one if there is one; false when the caller must wait. */
  take(nowMs: number): boolean {
    this.#refill(nowMs);
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }

  /** Whether there is one, without taking it. */
  any(nowMs: number): boolean {
    this.#refill(nowMs);
    return this.#left >= 1;
  }

  #refill(nowMs: number): void {
    const earned = ((nowMs - this.#lastMs) / 1_000) * this.#rate.perSecond;
    this.#left = Math.min(this.#rate.burst, this.#left + earned);
    this.#lastMs = nowMs;
  }
}

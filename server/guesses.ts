import { Allowance } from "./rooms/allowance.ts";
import type { Clock } from "./rooms/clock.ts";

/**
 * Wrong codes that one address may try: generous, because a whole school is one address and only misses count; far too
 * few to find a live room among 34,200 codes.
 */
const WRONG_CODES = { burst: 60, perSecond: 1 };
/** Addresses remembered at once; when there are more, those that have guessed least lately are forgotten. */
const ADDRESSES_MAX = 10_000;

/** How often each address has guessed a room code wrongly. */
export class Guesses {
  readonly #clock: Clock;
  readonly #byAddress = new Map<string, Allowance>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  mayGuess(address: string): boolean {
    return this.#byAddress.get(address)?.any(this.#clock.nowMs()) ?? true;
  }

  missed(address: string): void {
    const nowMs = this.#clock.nowMs();
    const allowance = this.#byAddress.get(address) ?? new Allowance(WRONG_CODES, nowMs);
    allowance.take(nowMs);
    this.#byAddress.delete(address);
    this.#byAddress.set(address, allowance);
    const oldest = this.#byAddress.keys().next();
    if (this.#byAddress.size > ADDRESSES_MAX && !oldest.done) this.#byAddress.delete(oldest.value);
  }
}

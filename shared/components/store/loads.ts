import type { Us } from "../../core/time.ts";

/** What was asked for longer ago than this, or twice as long at most, is forgotten. */
const SPAN_US: Us = 5_000_000;

/**
 * How often the keys of a store were asked for lately, as its replicas report it to whoever keeps the map.
 * Source: Adya et al. 2016, Slicer, section 4.4 (load per slice of keys, reported by the servers).
 * Simplified: reports cost nothing and are never late.
 */
export class Loads {
  #now = new Map<number, number>();
  #before = new Map<number, number>();
  #sinceUs: Us = 0;
  #shares: readonly number[] = [];
  #sharesAtUs: Us = -1;

  /** A replica worked on a request for this key. */
  note(key: number, nowUs: Us): void {
    this.#turn(nowUs);
    this.#now.set(key, (this.#now.get(key) ?? 0) + 1);
  }

  /** Requests for a key in the last 5 to 10 s. */
  of(key: number): number {
    return (this.#now.get(key) ?? 0) + (this.#before.get(key) ?? 0);
  }

  /** Share of the requests that each of so many shards had, 0 to 1; all 0 when there were none. */
  shares(shards: number, shardOf: (key: number) => number, nowUs: Us): readonly number[] {
    this.#turn(nowUs);
    if (this.#sharesAtUs === nowUs) return this.#shares;
    const loads = new Array<number>(shards).fill(0);
    let total = 0;
    for (const span of [this.#before, this.#now]) {
      span.forEach((count, key) => {
        loads[shardOf(key)]! += count;
        total += count;
      });
    }
    this.#sharesAtUs = nowUs;
    this.#shares = loads.map((load) => (total === 0 ? 0 : load / total));
    return this.#shares;
  }

  #turn(nowUs: Us): void {
    if (nowUs - this.#sinceUs < SPAN_US) return;
    this.#before = nowUs - this.#sinceUs < 2 * SPAN_US ? this.#now : new Map();
    this.#now = new Map();
    this.#sinceUs = nowUs - (nowUs % SPAN_US);
  }
}

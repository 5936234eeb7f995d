import { TICK_MS } from "../../shared/match/match.ts";

/**
 * Most ticks that one call of `due` asks for. A room that was held up longer than this (one second at speed 1) lets the
 * rest go: players get a pause instead of a leap, and one slow room can't starve the others.
 */
const CATCH_UP_TICKS_MAX = 20;

/**
 * How real time becomes ticks of the match: counts what is due from what has passed, so a timer that comes late or early
 * loses nothing and the match neither drifts nor hurries.
 */
export class Pace {
  #lastMs: number;
  /** Simulated milliseconds owed to the match; less than one tick after each `due`. */
  #owedMs = 0;
  #paused = false;
  #speed = 1;

  constructor(nowMs: number) {
    this.#lastMs = nowMs;
  }

  get paused(): boolean {
    return this.#paused;
  }

  get speed(): number {
    return this.#speed;
  }

  /** Changes the pace from now on; time before `nowMs` is counted at the old pace. */
  change(nowMs: number, pace: { readonly paused?: boolean; readonly speed?: number }): void {
    this.#settle(nowMs);
    this.#paused = pace.paused ?? this.#paused;
    this.#speed = pace.speed ?? this.#speed;
  }

  /** Whole ticks to play now. */
  due(nowMs: number): number {
    this.#settle(nowMs);
    const ticks = Math.floor(this.#owedMs / TICK_MS);
    this.#owedMs -= ticks * TICK_MS;
    return Math.min(ticks, CATCH_UP_TICKS_MAX * Math.max(1, this.#speed));
  }

  #settle(nowMs: number): void {
    if (!this.#paused) this.#owedMs += (nowMs - this.#lastMs) * this.#speed;
    this.#lastMs = nowMs;
  }
}

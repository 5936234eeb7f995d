import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../../server/rooms/clock.ts";

/**
 * The wall clock at another speed: at 10 a second takes a tenth of one, at 0.2 it takes five. A test that looks at a
 * match through a browser needs real time to pass, but not a whole shift of it, and on a slow machine more than the match
 * would leave.
 */
export class FastClock implements Clock {
  #speed: number;
  #settledMs = Date.now();
  #settledAt = performance.now();

  constructor(speed: number) {
    this.#speed = speed;
  }

  get speed(): number {
    return this.#speed;
  }

  /** From now on; waits under way keep the pace that they began with. */
  set speed(speed: number) {
    this.#settledMs = this.nowMs();
    this.#settledAt = performance.now();
    this.#speed = speed;
  }

  /** Lets this much time of the clock pass at another speed, and then goes on as before. */
  async pass(ms: number, speed: number): Promise<void> {
    const before = this.#speed;
    this.speed = speed;
    await sleep(ms / speed);
    this.speed = before;
  }

  nowMs(): number {
    return this.#settledMs + (performance.now() - this.#settledAt) * this.#speed;
  }

  every(periodMs: number, callback: () => void): () => void {
    let timer: NodeJS.Timeout;
    const turn = (): void => {
      timer = setTimeout(turn, periodMs / this.#speed);
      callback();
    };
    timer = setTimeout(turn, periodMs / this.#speed);
    return () => clearTimeout(timer);
  }

  after(delayMs: number, callback: () => void): () => void {
    const timer = setTimeout(callback, delayMs / this.#speed);
    return () => clearTimeout(timer);
  }
}

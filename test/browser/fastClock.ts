import type { Clock } from "../../server/rooms/clock.ts";

/**
 * The wall clock, run faster: at a speed of 10 a second takes a tenth of one. A test that looks at a match through a
 * browser needs real time to pass, but not a whole shift of it.
 */
export class FastClock implements Clock {
  #speed: number;
  #settledMs = Date.now();
  #settledAt = performance.now();

  constructor(speed: number) {
    this.#speed = speed;
  }

  /** From now on; waits under way keep the pace that they began with. */
  set speed(speed: number) {
    this.#settledMs = this.nowMs();
    this.#settledAt = performance.now();
    this.#speed = speed;
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

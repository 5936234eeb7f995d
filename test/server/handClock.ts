import type { Clock } from "../../server/rooms/clock.ts";

interface Timer {
  readonly callback: () => void;
  readonly periodMs: number;
  dueMs: number;
}

/** A clock that only moves when it is wound, so that five minutes of play take a moment and no test waits for time. */
export class HandClock implements Clock {
  #nowMs = 1_790_000_000_000;
  readonly #timers = new Set<Timer>();

  nowMs(): number {
    return this.#nowMs;
  }

  every(periodMs: number, callback: () => void): () => void {
    return this.#add({ callback, periodMs, dueMs: this.#nowMs + periodMs });
  }

  after(delayMs: number, callback: () => void): () => void {
    return this.#add({ callback, periodMs: 0, dueMs: this.#nowMs + delayMs });
  }

  /** Lets so much time pass, timer by timer, and what is promised meanwhile come true. */
  async wind(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms;
    for (let timer = this.#next(untilMs); timer !== undefined; timer = this.#next(untilMs)) {
      this.#nowMs = timer.dueMs;
      if (timer.periodMs === 0) this.#timers.delete(timer);
      else timer.dueMs += timer.periodMs;
      timer.callback();
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    this.#nowMs = untilMs;
  }

  #add(timer: Timer): () => void {
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  #next(untilMs: number): Timer | undefined {
    const due = [...this.#timers].filter((timer) => timer.dueMs <= untilMs);
    return due.sort((a, b) => a.dueMs - b.dueMs)[0];
  }
}

import type { Clock } from "./clock.ts";

/** The 3-2-1 before a match. */
export class Countdown {
  /** Seconds left; 0 when none runs. */
  seconds = 0;
  readonly #clock: Clock;
  #stopTimer: () => void = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts down from `seconds`: `tell` with each new number, `begin` at zero. */
  start(seconds: number, { tell, begin }: { tell: () => void; begin: () => void }): void {
    this.seconds = seconds;
    if (seconds === 0) {
      begin();
      return;
    }
    tell();
    this.#stopTimer = this.#clock.after(1_000, () => this.start(seconds - 1, { tell, begin }));
  }

  stop(): void {
    this.#stopTimer();
    this.seconds = 0;
  }
}

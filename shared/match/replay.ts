import type { LoggedIntent } from "./intent.ts";
import type { Match } from "./match.ts";

/** Plays a fresh match again from its log. When it has come as far as the first one, it is the same match, to the bit. */
export class Replay {
  readonly match: Match;
  /** May still be growing, when the match that it is the log of is live. */
  readonly #log: readonly LoggedIntent[];
  #next = 0;

  constructor(match: Match, log: readonly LoggedIntent[]) {
    this.match = match;
    this.#log = log;
  }

  /** Plays up to `tick`, with the intents that wait for it. */
  run(tick: number): Match {
    for (;;) {
      for (let entry = this.#log[this.#next]; entry?.tick === this.match.tick; entry = this.#log[this.#next]) {
        this.match.replay(entry);
        this.#next += 1;
      }
      if (this.match.tick >= tick || this.match.over) return this.match;
      this.match.advance();
    }
  }
}

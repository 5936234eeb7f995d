import type { LoggedIntent } from "../../shared/match/intent.ts";
import type { MatchResult, Storage, StoredMember, StoredSeat } from "../storage/storage.ts";

/**
 * The writing side of one match's log. Writes follow each other in the order in which they were asked for, and after one
 * has failed nothing more is added: a log with a gap would replay to another match.
 */
export class MatchLog {
  readonly matchId: string;
  readonly #storage: Storage;
  /** Intents asked to be written so far. */
  #ordinal: number;
  #written: Promise<void> = Promise.resolve();

  constructor(storage: Storage, matchId: string, length: number) {
    this.#storage = storage;
    this.matchId = matchId;
    this.#ordinal = length;
  }

  append(intent: LoggedIntent): Promise<void> {
    const ordinal = this.#ordinal;
    this.#ordinal += 1;
    return this.#write(() => this.#storage.appendIntent(this.matchId, ordinal, intent));
  }

  changeCrew(crew: readonly StoredMember[], seats: readonly StoredSeat[]): Promise<void> {
    return this.#write(() => this.#storage.changeCrew(this.matchId, crew, seats));
  }

  /** A note that fails costs a restart some seconds, never an intent: the log goes on without it. */
  async noteProgress(tick: number): Promise<void> {
    await this.#written.then(() => this.#storage.noteProgress(this.matchId, tick)).catch(() => {});
  }

  finish(result: MatchResult): Promise<void> {
    return this.#write(() => this.#storage.finishMatch(this.matchId, result));
  }

  /** Works after a failure too: what can't be replayed is given up all the same. */
  async abandon(): Promise<void> {
    await this.settled();
    await this.#storage.abandonMatch(this.matchId).catch(() => {});
  }

  /** Everything asked for so far is written, or has failed. */
  async settled(): Promise<void> {
    await this.#written.catch(() => {});
  }

  #write(write: () => Promise<void>): Promise<void> {
    this.#written = this.#written.then(write);
    this.#written.catch(() => {});
    return this.#written;
  }
}

import type { UnfinishedMatch } from "../storage/storage.ts";

/**
 * Matches cut short by a crash or a restart, by room code. They wait: the room is made again, and its match replayed to
 * where it stood, when the first player knocks. So nobody loses play time to a server that was down.
 */
export class Restorations {
  readonly #waiting = new Map<string, UnfinishedMatch>();
  /** Rooms being made right now; whoever knocks meanwhile waits for the same one. */
  readonly #waking = new Map<string, Promise<void>>();

  constructor(unfinished: readonly UnfinishedMatch[]) {
    for (const one of unfinished) this.#waiting.set(one.match.code, one);
  }

  /** The match that waits under a code, left where it is. */
  waiting(code: string): UnfinishedMatch | undefined {
    return this.#waiting.get(code);
  }

  /** Hands a match out to the room that restores it: once, so that no two rooms ever play the same match. */
  take(code: string): UnfinishedMatch | undefined {
    const found = this.#waiting.get(code);
    this.#waiting.delete(code);
    return found;
  }

  /** Has the room of a waiting match made, once however many knock; does nothing for any other code. */
  async once(code: string, make: (unfinished: UnfinishedMatch) => Promise<void>): Promise<void> {
    const found = this.#waiting.get(code);
    if (found !== undefined && !this.#waking.has(code)) {
      this.#waking.set(
        code,
        make(found).finally(() => this.#waking.delete(code)),
      );
    }
    await this.#waking.get(code);
  }

  /** Everything that still waits, which then waits no more. */
  takeAll(): UnfinishedMatch[] {
    const all = [...this.#waiting.values()];
    this.#waiting.clear();
    return all;
  }
}

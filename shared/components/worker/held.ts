import type { Place } from "../queue/messages.ts";
import type { Letter } from "../queue/partition.ts";

/**
 * A partition in a consumer's hands. Its messages are worked on one after another, so that order holds and a commit
 * means "all before this".
 */
export interface Held {
  at: Place;
  /** Offset to fetch next, −1 for where the group has come. */
  next: number;
  /** Fetched and not begun. */
  buffer: Letter[];
  /** A fetch is out. */
  asked: boolean;
  /** The message in hand, null between two. */
  task: Task | null;
  /** Waits for a commit of this offset before it begins, or −1. */
  awaits: number;
  /** Everything before this is done; it is committed when the buffer is empty. */
  done: number;
  committed: number;
}

/** One delivery of a message in hand; another delivery of it is another task. */
export interface Task {
  readonly held: Held;
  readonly letter: Letter;
  /** Attempts to write its effect. */
  attempt: number;
  /** What happens to it after a pause: its CPU work, another attempt at its effect, or a question for its redelivery. */
  resumes: "work" | "attempt" | "redelivery";
}

/** A partition that was just assigned. */
export function take(at: Place): Held {
  return { at, next: -1, buffer: [], asked: false, task: null, awaits: -1, done: 0, committed: 0 };
}

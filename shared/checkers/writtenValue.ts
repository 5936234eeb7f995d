import type { Us } from "../core/time.ts";
import type { Operation } from "../history/operation.ts";

/**
 * A value that somebody asked to write to one key, and what clients could know of it so far. Where every write of a key
 * has its own value, a read names the one write that it saw, and this record is all a checker has to remember of it.
 */
export class WrittenValue {
  readonly value: number | null;
  /** Id of the write or cas; −1 for the value that a key has before anybody wrote. */
  readonly write: number;
  readonly session: number;
  readonly startUs: Us;
  /** When the write was acknowledged; Infinity before that, and for ever when its outcome stays unknown. */
  acknowledgedAtUs: Us;
  /** The earliest answer that shows that the write had taken effect: its own acknowledgement or an accepted read of it. */
  shownAtUs: Us;
  /** Id of the operation with that answer; −1 while there is none. */
  shownBy = -1;
  /** The client was told that this write took and takes no effect. */
  failed = false;
  /** Another write of the same value was asked: a read of it no longer names one write. */
  repeated = false;

  /** What is known of a write or cas at its invocation; without one, the value before all time and its writes. */
  constructor(write?: Operation) {
    this.value = write?.argument ?? null;
    this.write = write?.id ?? -1;
    this.session = write?.session ?? -1;
    this.startUs = write?.invokedAtUs ?? -Infinity;
    this.acknowledgedAtUs = write === undefined ? -Infinity : Infinity;
    this.shownAtUs = this.acknowledgedAtUs;
  }
}

/**
 * True when one value is older than another beyond doubt: it had taken effect before the write of the other began.
 * Values whose writes overlap may have been ordered either way.
 * Simplified: this takes writes to be ordered as they happened in real time. A store that orders them otherwise, as
 * sequential consistency would allow, is blamed by the guarantees that ask this question.
 */
export function isOlder(value: WrittenValue, other: WrittenValue): boolean {
  return value.shownAtUs < other.startUs;
}

/** Ids that prove that a value had taken effect before a moment: the write alone if its acknowledgement came before. */
export function proofOfEffect(value: WrittenValue, beforeUs: Us): number[] {
  return value.acknowledgedAtUs < beforeUs ? [value.write] : [value.write, value.shownBy];
}

/** A witness of an anomaly: each operation once, in the order of invocation, without the write before all time. */
export function witnessOf(...ids: number[]): number[] {
  return [...new Set(ids)].filter((id) => id >= 0).toSorted((a, b) => a - b);
}

import type { OperationKind } from "../core/operations.ts";
import type { Us } from "../core/time.ts";

/**
 * How an operation ended, as its client knows it (Jepsen's `:ok`, `:fail`, `:info`):
 * `ok` answered; `fail` answered with a definite no, the operation took and takes no effect;
 * `unknown` no answer, or an answer that does not tell: it may take effect at any time from its invocation on, or never.
 */
export type Outcome = "ok" | "fail" | "unknown";

/**
 * One operation as its client saw it: the only thing a checker may look at.
 * Values are numbers or null (the value of a key that nobody wrote). The simulator gives every write of a match its own
 * value, so that a read names the one write it saw; histories from outside may repeat values.
 */
export interface Operation {
  /** Position in the history, counted from 0 in the order of invocation. */
  readonly id: number;
  /** The session that asked. A session has at most one operation open; one that ended `unknown` closes its session. */
  readonly session: number;
  /** The component asked, such as "ledger". */
  readonly component: string;
  readonly key: number;
  /** Second key of an operation that has one, such as the account that a transfer pays; null for others. */
  readonly other: number | null;
  readonly kind: OperationKind;
  /** The value written, added or moved; for a cas the new value; null for an operation without one. */
  readonly argument: number | null;
  /** The value that a cas expects to find; null for others. */
  readonly expected: number | null;
  /** The value that an `ok` read returned; null for others, and for a read of a key nobody wrote. */
  readonly result: number | null;
  /** The elements that an `ok` operation returned where its answer is a list or a set; null for others. */
  readonly results: readonly number[] | null;
  readonly invokedAtUs: Us;
  /** When the answer came, or when the client gave up; Infinity while the operation is open. */
  readonly completedAtUs: Us;
  readonly outcome: Outcome;
}

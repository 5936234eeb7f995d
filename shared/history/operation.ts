import type { Us } from "../core/time.ts";

/** What a client asked of a register: the three operations of Jepsen's cas-register. */
export type OperationKind = "read" | "write" | "cas";

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
  readonly kind: OperationKind;
  /** The value written; for a cas the new value; null for a read. */
  readonly argument: number | null;
  /** The value that a cas expects to find; null for others. */
  readonly expected: number | null;
  /** The value that an `ok` read returned; null for others, and for a read of a key nobody wrote. */
  readonly result: number | null;
  readonly invokedAtUs: Us;
  /** When the answer came, or when the client gave up; Infinity while the operation is open. */
  readonly completedAtUs: Us;
  readonly outcome: Outcome;
}

import type { OperationKind } from "../core/operations.ts";
import type { Operation } from "../history/operation.ts";
import type { Ms } from "../core/time.ts";
import type { OrderEdge } from "./orderReasons.ts";

/** Names of what can be wrong with an answer, as the literature names them; `anomalies/` says what each of them is. */
export type AnomalyName = RegisterAnomaly | InvariantAnomaly | TransactionAnomaly;

/** Names of what can be wrong with the answers of a register or a feed. */
export type RegisterAnomaly =
  | "staleRead"
  | "lostUpdate"
  | "phantomRead"
  | "nonMonotonicRead"
  | "readYourWritesViolation"
  | "boundExceeded"
  | "nonLinearizable"
  | "inconsistentView"
  | "missingPost";

/** Names of what can be wrong with the answers of an account book, a counter or a set. */
export type InvariantAnomaly =
  | "wrongTotal"
  | "negativeBalance"
  | "missingBalance"
  | "unexpectedAccount"
  | "outOfBounds"
  | "lostElement"
  | "unexpectedElement"
  | "duplicateElement"
  | "missingElement"
  | "longFork"
  | "doubleSpend"
  | "wrongBalance"
  | "halfDone";

/** Names of cycles of transactions, by the kinds of dependencies in them. */
export type CycleName = "G0" | "G1c" | "G-single" | "G-nonadjacent" | "G2-item";

/**
 * Names of what can be wrong between transactions, as Adya 1999 and Elle have them. A cycle that needs the order of a
 * process, or of real time, says so at the end.
 */
export type TransactionAnomaly =
  | `${CycleName}${"" | "-process" | "-realtime"}`
  | "G1a"
  | "G1b"
  | "internal"
  | "nonRepeatableRead"
  | "incompatibleOrder"
  | "fracturedRead"
  | "notSerializable";

/** One wrong answer: the operation blamed, and the fewest operations that together prove it. */
export interface Anomaly {
  readonly name: AnomalyName;
  /** Id of the operation whose answer is wrong. Every operation is blamed at most once by a checker. */
  readonly operation: number;
  /** Ids of the operations that prove it, the blamed one included, in the order of invocation. */
  readonly witness: readonly number[];
  /** One sentence that a player understands, with `client`, `key` and values in it but no names of nodes. */
  readonly sentence: string;
  /**
   * The order that could not be built: each operation has to come before the next, and the last before the first, so no
   * order exists. All of them are in the witness. Empty where the promise is about no order, such as a total.
   */
  readonly order: readonly OrderEdge[];
}

/** An anomaly as a rule finds it; the check around the rule adds the order where the rule does not. */
export type Blame = Omit<Anomaly, "order"> & Partial<Pick<Anomaly, "order">>;

/** The judgement on a whole history. `unknown`: the checker could not tell (see `reason`); it never costs points. */
export type Verdict =
  | { readonly outcome: "valid"; /** What the verdict does not rest on, in one sentence. */ readonly caveat?: string }
  | { readonly outcome: "invalid"; readonly anomalies: readonly Anomaly[] }
  | { readonly outcome: "unknown"; readonly reason: string };

export interface CheckerOptions {
  /** Bound of `boundedStaleness`: for how long a value may still be read after it was overwritten. Default 0. */
  readonly boundMs?: Ms;
  /** For guarantees about money: what every account held at first, as clients were told. Default 100. */
  readonly opening?: number;
  /** For `acknowledgedWriteLost`: how long a store may take to settle before a missing write counts as lost. Default 5,000. */
  readonly settleMs?: Ms;
  /** How many steps a search may take over a history whose values repeat, before its verdict is `unknown`. Default 20,000,000. */
  readonly searchSteps?: number;
  /** Asked now and then by a search: true once its time is up, and its verdict is `unknown`. Never, unless told. */
  expired?(): boolean;
}

/**
 * A check in progress over one component's history. Feed every operation twice: `invoked` in the order of invocation,
 * `completed` in the order of completion (an operation that ends `unknown` included). `completed` answers with the
 * anomaly that this operation's answer brings, if any: so the live light and the final verdict are the same computation.
 *
 * The blame is greedy: an answer is accepted when the accepted ones plus it can still be explained, and otherwise it is
 * blamed and left out. So what is accepted is always a valid history, and nobody pays twice for one mistake.
 */
export interface Check {
  invoked(operation: Operation): void;
  completed(operation: Operation): Anomaly | undefined;
  /** The verdict on all that was fed; asks nothing of the check and may be called at any time. May find anomalies that only the end of the history shows. */
  finish(): Verdict;
}

/** One guarantee, and how a history is judged against it. It sees operations and nothing of the simulation. */
export interface Checker {
  readonly guarantee: string;
  /** One sentence: what this guarantee promises to a client. */
  readonly promise: string;
  /** Paper and section. */
  readonly source: string;
  /** The operations that it understands: a component is judged by it if clients ask nothing else there. */
  readonly kinds: readonly OperationKind[];
  begin(options: CheckerOptions): Check;
  /** Judges a whole history where a check can't tell because values repeat; slower, and it blames one answer a key. */
  search?(operations: readonly Operation[], options: CheckerOptions): Verdict;
  /** A history that must be accepted, and one that must be rejected, so that a checker that always says yes can't land. */
  readonly accepted: readonly Operation[];
  readonly rejected: readonly Operation[];
}

import type { JepsenEvent, JepsenPair } from "./eventPairing.ts";
import type { Outcome } from "./operation.ts";

/** One step of a transaction: a read, a write or an append; keys and values are whatever the history calls them. */
export interface MicroOperation {
  readonly f: "r" | "w" | "append";
  readonly key: string | number;
  /** What a read found (null where nothing was, or where the answer did not come), or what was written. */
  readonly value: unknown;
}

/** What a client asked to happen at once, and how that ended. */
export interface Transaction {
  /** Position in the history, in the order of the questions. */
  readonly id: number;
  readonly process: number;
  /** With the answers if they came, as asked otherwise. */
  readonly steps: readonly MicroOperation[];
  readonly invokedAt: number;
  /** Infinity unless the answer tells how it ended. */
  readonly completedAt: number;
  readonly outcome: Outcome;
}

/** True when an event is one of a transaction whose steps are among these. */
export function fitsTransaction(
  { type, f, value }: JepsenEvent,
  steps: readonly string[],
  fitsRead: (value: unknown) => boolean,
): boolean {
  if (f !== "txn") return false;
  if (!Array.isArray(value)) return type !== "ok" && type !== "invoke";
  return (value as unknown[]).every((step) => {
    if (!Array.isArray(step) || step.length < 2 || step.length > 3) return false;
    const [what, key, argument] = step as unknown[];
    if (!steps.includes(what as string) || (typeof key !== "string" && typeof key !== "number")) return false;
    return what === "r" ? type !== "ok" || fitsRead(argument ?? null) : isElement(argument);
  });
}

/** True for a value that can be written and recognized: a number, a string or a boolean. */
export function isElement(value: unknown): boolean {
  return typeof value === "number" || typeof value === "string" || typeof value === "boolean";
}

/** The transaction that a question and its end make. */
export function transactionOf(
  { process, asked, told, invokedAt, completedAt, outcome }: JepsenPair,
  id: number,
): Transaction {
  const steps = (outcome === "ok" ? told : asked) as readonly (readonly [
    MicroOperation["f"],
    string | number,
    unknown,
  ])[];
  return {
    id,
    process,
    steps: steps.map(([f, key, value]) => ({ f, key, value: value ?? null })),
    invokedAt,
    completedAt: outcome === "unknown" ? Infinity : completedAt,
    outcome,
  };
}

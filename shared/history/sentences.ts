import { usOf } from "../core/time.ts";
import type { Operation, Outcome } from "./operation.ts";

/** What every sentence about an operation ends with: "at 5..20", "at 12..", "at 5..20 failed". */
export interface Ending {
  readonly from: string | undefined;
  /** Missing when no answer ever came. */
  readonly until: string | undefined;
  readonly ending: string | undefined;
}

/** Times in milliseconds and outcome of an operation told in a sentence. */
export function endingOf({ from, until, ending }: Ending): Pick<Operation, "invokedAtUs" | "completedAtUs" | "outcome"> {
  const outcome: Outcome = until === undefined || ending === "unknown" ? "unknown" : ending === "failed" ? "fail" : "ok";
  return { invokedAtUs: usOf(Number(from)), completedAtUs: until === undefined ? Infinity : usOf(Number(until)), outcome };
}

/** Sessions are told by letters: a is 0. */
export function sessionOf(letter: string): number {
  return letter.charCodeAt(0) - "a".charCodeAt(0);
}

/** The operations told in some sentences, numbered in the order in which they were asked. */
export function inOrderOfAsking(operations: readonly Operation[]): Operation[] {
  return operations.toSorted((a, b) => a.invokedAtUs - b.invokedAtUs).map((operation, id) => ({ ...operation, id }));
}

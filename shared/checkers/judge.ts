import type { Operation } from "../history/operation.ts";
import type { Check, Checker, CheckerOptions, Verdict } from "./checker.ts";

/**
 * Judges a whole history of one component: by the same check as in live play, fed in the order in which things happened;
 * and where that can't tell, because values repeat, by search if the guarantee has one.
 */
export function judge(checker: Checker, operations: readonly Operation[], options: CheckerOptions = {}): Verdict {
  const check = checker.begin(options);
  feed(check, operations);
  const verdict = check.finish();
  return verdict.outcome === "unknown" && checker.search ? checker.search(operations, options) : verdict;
}

/** What takes questions and answers as they come. */
export type Fed = Pick<Check, "invoked"> & { completed(operation: Operation): unknown };

/**
 * Feeds a history, given in the order of invocation, to a check. Where a question and an answer fall in the same
 * microsecond the question comes first: the two overlap.
 */
export function feed(check: Fed, operations: readonly Operation[]): void {
  const completed = operations
    .filter((operation) => operation.completedAtUs !== Infinity)
    .sort((a, b) => a.completedAtUs - b.completedAtUs || a.id - b.id);
  let asked = 0;
  for (const operation of completed) {
    for (; asked < operations.length && operations[asked]!.invokedAtUs <= operation.completedAtUs; asked++) {
      check.invoked(operations[asked]!);
    }
    check.completed(operation);
  }
  for (; asked < operations.length; asked++) check.invoked(operations[asked]!);
}

import type { Operation } from "../history/operation.ts";
import { casRegister } from "./casRegister.ts";
import type { Anomaly, Verdict } from "./checker.ts";
import { searchLinearization, type SearchBudget, type SearchOutcome } from "./linearizationSearch.ts";
import { toldText } from "./telling.ts";

/**
 * Judges one key of a history whose values repeat, by search. Blames the first answer with which no order is left: what
 * holds for a history holds for every beginning of it, so that answer is found by halving. One anomaly a key, at most.
 */
export function searchKey(operations: readonly Operation[], budget: SearchBudget): Verdict {
  const whole = search(operations, budget);
  if (whole === "found") return { outcome: "valid" };
  if (whole === "unknown") return outOfBudget(operations[0]!.key);
  const answers = operations
    .filter((it) => it.outcome === "ok" || (it.outcome === "fail" && it.kind !== "read"))
    .toSorted((a, b) => a.completedAtUs - b.completedAtUs || a.id - b.id);
  let low = 0;
  let high = answers.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const outcome = search(knownAfter(operations, answers.slice(0, middle + 1)), budget);
    if (outcome === "unknown") return outOfBudget(operations[0]!.key);
    if (outcome === "none") high = middle;
    else low = middle + 1;
  }
  const blamed = answers[low]!;
  const witness = smallest(knownAfter(operations, answers.slice(0, low + 1)), blamed, budget);
  return { outcome: "invalid", anomalies: [nonLinearizable(blamed, witness)] };
}

function nonLinearizable(blamed: Operation, witness: readonly Operation[]): Anomaly {
  return {
    name: "nonLinearizable",
    operation: blamed.id,
    witness: witness.map((it) => it.id),
    sentence: `${toldText(blamed)}, which fits into no order of what was asked and answered before.`,
  };
}

function outOfBudget(key: number): Verdict {
  return {
    outcome: "unknown",
    reason: `The search for an order of the operations on key ${key} was ended before it was done.`,
  };
}

function search(operations: readonly Operation[], budget: SearchBudget): SearchOutcome {
  const calls = operations.filter(speaks).map((step) => ({
    step,
    invokedAtUs: step.invokedAtUs,
    completedAtUs: step.outcome === "ok" ? step.completedAtUs : Infinity,
  }));
  return searchLinearization(casRegister, calls, budget);
}

/** True when an operation says something about the register: it has happened, or it may have. */
function speaks(operation: Operation): boolean {
  return operation.outcome === "ok" || (operation.outcome === "unknown" && operation.kind !== "read");
}

/** A history as it was known after its first answers: others are still to come, and later questions are not asked. */
function knownAfter(operations: readonly Operation[], answers: readonly Operation[]): Operation[] {
  const answered = new Set(answers);
  const nowUs = answers.at(-1)!.completedAtUs;
  return operations
    .filter((it) => it.invokedAtUs <= nowUs)
    .map((it) => (answered.has(it) ? it : { ...it, result: null, completedAtUs: Infinity, outcome: "unknown" }));
}

/**
 * The fewest operations found that still have no order: drops, one by one, what can be dropped without making that
 * wrong. A read can always go; a write or cas only when nobody left has seen its value.
 */
function smallest(operations: readonly Operation[], blamed: Operation, budget: SearchBudget): Operation[] {
  let kept = operations.filter((it) => it.id === blamed.id || speaks(it));
  for (let dropped = true; dropped;) {
    dropped = false;
    for (const candidate of kept.filter((it) => it.id !== blamed.id)) {
      if (candidate.kind !== "read" && kept.some((it) => it !== candidate && sawIn(it) === candidate.argument))
        continue;
      const rest = kept.filter((it) => it !== candidate);
      if (search(rest, budget) !== "none") continue;
      kept = rest;
      dropped = true;
    }
  }
  return kept;
}

/** The value that an operation claims to have seen, if any. */
function sawIn(operation: Operation): number | null | undefined {
  if (operation.kind === "write") return undefined;
  return operation.kind === "cas" ? operation.expected : operation.result;
}

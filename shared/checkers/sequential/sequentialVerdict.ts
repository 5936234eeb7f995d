import type { Operation } from "../../history/operation.ts";
import type { Anomaly, CheckerOptions, Verdict } from "../checker.ts";
import { toldText } from "../telling.ts";
import { memoryModels, memoryVerdict } from "../transactions/memoryModels.ts";
import { viewTransactions } from "../views/viewTransactions.ts";
import { hasOrderOfWrites } from "./orderOfWrites.ts";

/** More operations than this are not searched. */
const SEARCHED_MAX = 1_000;

/** Judges a causal history as a whole: by an order that is guessed and put right, and if that fails, by search. */
export function sequentialVerdict(operations: readonly Operation[], options: CheckerOptions): Verdict {
  if (hasOrderOfWrites(operations)) return { outcome: "valid" };
  if (operations.length > SEARCHED_MAX) {
    const reason = `No order of the operations was found, and more than ${SEARCHED_MAX} are too many to rule one out.`;
    return { outcome: "unknown", reason };
  }
  const verdict = search(operations, options);
  const anomaly = verdict.outcome === "invalid" ? smallestAnomaly(operations) : undefined;
  return anomaly === undefined ? verdict : { outcome: "invalid", anomalies: [anomaly] };
}

function search(operations: readonly Operation[], options: CheckerOptions = {}): Verdict {
  return memoryVerdict(viewTransactions(operations), memoryModels.sequential, options);
}

/**
 * Of operations that have no order, the fewest that were found to have none; their last answer is blamed. Undefined where
 * it can't be shown that they have none.
 */
export function smallestAnomaly(operations: readonly Operation[]): Anomaly | undefined {
  if (search(operations).outcome !== "invalid") return undefined;
  const witness = smallest(operations);
  const blamed = witness.reduce((last, it) => (it.outcome === "ok" && isLater(it, last) ? it : last));
  const verdict = search(witness);
  return {
    name: "inconsistentView",
    operation: blamed.id,
    witness: witness.map(({ id }) => id),
    sentence: `${toldText(blamed)}, which fits into no order of the operations that explains what all clients were told.`,
    order: verdict.outcome === "invalid" ? verdict.anomalies[0]!.order : [],
  };
}

function isLater(one: Operation, other: Operation): boolean {
  if (other.outcome !== "ok") return true;
  return one.completedAtUs > other.completedAtUs || (one.completedAtUs === other.completedAtUs && one.id > other.id);
}

/** Leaves out parts, large ones first, as long as what is left has no order; in the end none of it can be left out. */
function smallest(operations: readonly Operation[]): readonly Operation[] {
  const hasNone = (some: readonly Operation[]) => search(some).outcome === "invalid";
  let kept = operations;
  for (let part = kept.length >> 1; part >= 1; part = part > 1 ? part >> 1 : 0) {
    for (let dropped = true; dropped;) {
      dropped = false;
      for (let from = 0; from < kept.length; from += part) {
        const rest = kept.toSpliced(from, part);
        if (!hasNone(rest)) continue;
        kept = rest;
        dropped = true;
        from -= part;
      }
    }
  }
  return kept;
}

import type { Operation } from "../history/operation.ts";
import { historyOf } from "../history/shorthand.ts";
import type { Anomaly, Check, Checker, CheckerOptions, Verdict } from "./checker.ts";
import { causal } from "./causal.ts";
import { linearizable } from "./linearizable.ts";
import { open } from "./perKey.ts";
import { VIEW_KINDS } from "./registerKinds.ts";
import { sequentialVerdict, smallestAnomaly } from "./sequential/sequentialVerdict.ts";

/**
 * One order of all operations explains every answer and keeps to the line of each client; it need not keep to the clock.
 *
 * Whether there is one is NP-complete even where every value is its own (Gibbons & Korach 1997, theorem 3.1), so nothing
 * is blamed in play but what is proven: answers that are not even causal. The end tells more: valid if the history is
 * linearizable, or if an order is found from what has to be so; a history of a thousand operations or fewer is searched;
 * and otherwise unknown. It is never called valid or invalid without a proof.
 */
export const sequential = {
  guarantee: "sequential",
  promise: "All clients see the same order of everything, though perhaps a while ago.",
  source: "Lamport 1979; hard: Gibbons & Korach 1997, section 3; searched as in Biswas & Enea 2019, section 4.3.",
  kinds: VIEW_KINDS,
  begin: (options) => beginSequential(options),
  accepted: historyOf("a writes 1 at 0..10", "b reads empty at 20..30", "b reads 1 at 40..50"),
  rejected: historyOf(
    "a writes 1 at 0..10",
    "b writes 2 at 0..10",
    "c reads 1 at 20..30",
    "c reads 2 at 40..50",
    "d reads 2 at 20..30",
    "d reads 1 at 40..50",
  ),
} satisfies Checker;

function beginSequential(options: CheckerOptions): Check {
  const proven = causal.begin();
  /** Undefined once something was not linearizable: then it can't vouch for the rest any more. */
  let voucher: Check | undefined = linearizable.begin();
  const fed = new Map<number, Operation>();
  const found: Anomaly[] = [];
  let told: Verdict | undefined;
  /** The fewest operations may prove something about an earlier answer, which nobody could have known to be wrong before. */
  const blame = (anomaly: Anomaly): Anomaly | undefined => {
    const proof = anomaly.witness.flatMap((id) => fed.get(id) ?? []);
    const smallest = anomaly.name === "phantomRead" ? anomaly : smallestAnomaly(proof);
    if (smallest === undefined) return undefined; // what was blamed before had a part in it
    const operation = fed.get(smallest.operation)!;
    if (operation.kind === "read") fed.delete(operation.id);
    else fed.set(operation.id, { ...open(operation), kind: "write", expected: null });
    const isSame = smallest.operation === anomaly.operation;
    found.push(isSame ? { ...smallest, sentence: anomaly.sentence } : smallest);
    return found.at(-1);
  };
  return {
    invoked(operation) {
      told = undefined;
      if (operation.kind !== "read") fed.set(operation.id, open(operation));
      voucher?.invoked(operation);
      proven.invoked(operation);
    },
    completed(operation) {
      told = undefined;
      fed.set(operation.id, operation);
      if (voucher?.completed(operation) !== undefined) voucher = undefined;
      const anomaly = proven.completed(operation);
      return anomaly && blame(anomaly);
    },
    finish() {
      if (found.length > 0) return { outcome: "invalid", anomalies: [...found] };
      const verdict = proven.finish();
      if (verdict.outcome !== "valid" || voucher !== undefined) return verdict;
      return (told ??= sequentialVerdict([...fed.values()].sort((a, b) => a.id - b.id), options));
    },
  };
}

import type { JepsenEvent, JepsenPair } from "../../history/eventPairing.ts";
import { fitsTransaction, isElement, transactionOf } from "../../history/transactions.ts";
import type { CheckerOptions } from "../checker.ts";
import { isolationAliases, isolationLevels, type Isolation } from "../transactions/isolation.ts";
import { isolationVerdict } from "../transactions/isolationVerdict.ts";
import { listAppendDependencies } from "../transactions/listAppend.ts";
import { withSmallestCycles } from "../transactions/smallestCycles.ts";
import type { Workload } from "./workload.ts";

/** Names of the isolation levels, the strongest first. */
export const ISOLATIONS: readonly string[] = Object.keys(isolationLevels).toReversed();

/** Transactions that append to lists and read them. */
export const listAppend = {
  model: "list-append",
  alsoCalled: ["elle-list-append", "append"],
  about: "Transactions that append to lists and read whole lists.",
  source: "Kingsbury & Alvaro 2020 (Elle); Adya 1999.",
  guarantees: ISOLATIONS,
  guaranteeAliases: isolationAliases,
  fits: (event: JepsenEvent) =>
    fitsTransaction(event, ["r", "append"], (value) => value === null || (Array.isArray(value) && value.every(isElement))),
  judge: (pairs: readonly JepsenPair[], guarantee: string, options: CheckerOptions) =>
    withSmallestCycles(
      pairs.map(transactionOf),
      (part) => isolationVerdict(listAppendDependencies(part), isolationLevels[guarantee as Isolation], options),
      options,
    ),
  accepted: `
    {:process 0, :type :invoke, :f :txn, :value [[:append x 1] [:append y 1]]}
    {:process 1, :type :invoke, :f :txn, :value [[:r y nil] [:append x 2]]}
    {:process 0, :type :ok, :f :txn, :value [[:append x 1] [:append y 1]]}
    {:process 1, :type :ok, :f :txn, :value [[:r y [1]] [:append x 2]]}
    {:process 0, :type :invoke, :f :txn, :value [[:r x nil]]}
    {:process 0, :type :ok, :f :txn, :value [[:r x [1 2]]]}`,
  rejected: `
    {:process 0, :type :invoke, :f :txn, :value [[:r x nil] [:append y 1]]}
    {:process 1, :type :invoke, :f :txn, :value [[:r y nil] [:append x 1]]}
    {:process 0, :type :ok, :f :txn, :value [[:r x []] [:append y 1]]}
    {:process 1, :type :ok, :f :txn, :value [[:r y []] [:append x 1]]}`,
} satisfies Workload;

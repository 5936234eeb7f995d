import type { JepsenEvent, JepsenPair } from "../../history/eventPairing.ts";
import { fitsTransaction, isElement, transactionOf } from "../../history/transactions.ts";
import type { CheckerOptions } from "../checker.ts";
import { isolationAliases, isolationLevels, type Isolation } from "../transactions/isolation.ts";
import { registerVerdict } from "../transactions/registerVerdict.ts";
import { rwRegisterDependencies } from "../transactions/rwRegister.ts";
import { withSmallestCycles } from "../transactions/smallestCycles.ts";
import { ISOLATIONS } from "./listAppend.ts";
import type { Workload } from "./workload.ts";

/** Transactions that write registers and read them. */
export const rwRegister = {
  model: "rw-register",
  alsoCalled: ["elle-rw-register", "wr-register"],
  about: "Transactions that write registers and read them; every value is written to a register once.",
  source: "Biswas & Enea 2019; Kingsbury & Alvaro 2020 (Elle).",
  guarantees: ISOLATIONS,
  guaranteeAliases: isolationAliases,
  fits: (event: JepsenEvent) => fitsTransaction(event, ["r", "w"], (value) => value === null || isElement(value)),
  judge: (pairs: readonly JepsenPair[], guarantee: string, options: CheckerOptions) =>
    withSmallestCycles(
      pairs.map(transactionOf),
      (part) => registerVerdict(rwRegisterDependencies(part), isolationLevels[guarantee as Isolation], options),
      options,
    ),
  accepted: `
    {:process 0, :type :invoke, :f :txn, :value [[:w x 1] [:w y 1]]}
    {:process 1, :type :invoke, :f :txn, :value [[:r y nil] [:w x 2]]}
    {:process 0, :type :ok, :f :txn, :value [[:w x 1] [:w y 1]]}
    {:process 1, :type :ok, :f :txn, :value [[:r y 1] [:w x 2]]}
    {:process 0, :type :invoke, :f :txn, :value [[:r x nil]]}
    {:process 0, :type :ok, :f :txn, :value [[:r x 2]]}`,
  rejected: `
    {:process 0, :type :invoke, :f :txn, :value [[:w x 1] [:w y 1]]}
    {:process 0, :type :ok, :f :txn, :value [[:w x 1] [:w y 1]]}
    {:process 1, :type :invoke, :f :txn, :value [[:r y nil] [:w x 2]]}
    {:process 1, :type :ok, :f :txn, :value [[:r y 1] [:w x 2]]}
    {:process 0, :type :invoke, :f :txn, :value [[:r x nil]]}
    {:process 0, :type :ok, :f :txn, :value [[:r x 1]]}`,
} satisfies Workload;

import type { JepsenPair } from "../../history/eventPairing.ts";
import { fitsRegister, registerOperation } from "../../history/jepsenRegister.ts";
import type { Operation } from "../../history/operation.ts";
import type { Checker, CheckerOptions, Verdict } from "../checker.ts";
import { judge } from "../judge.ts";
import { checkers } from "../registry.ts";
import type { Workload } from "./workload.ts";

/** One register, or many by their keys, with read, write and compare-and-set; starts empty. */
export const casRegister = {
  model: "cas-register",
  about: "Reads, writes and compare-and-sets of a register that starts empty.",
  source: "Knossos's cas-register; Herlihy & Wing 1990.",
  guarantees: Object.keys(checkers),
  fits: fitsRegister,
  judge: (pairs: readonly JepsenPair[], guarantee: string, options: CheckerOptions) =>
    judgeRegisters(pairs.map(registerOperation), guarantee, options),
  accepted: `
    {:process 0, :type :invoke, :f :write, :value 1}
    {:process 1, :type :invoke, :f :read, :value nil}
    {:process 1, :type :ok, :f :read, :value nil}
    {:process 0, :type :ok, :f :write, :value 1}
    {:process 1, :type :invoke, :f :cas, :value [1 2]}
    {:process 1, :type :info, :f :cas, :value [1 2]}
    {:process 0, :type :invoke, :f :read, :value nil}
    {:process 0, :type :ok, :f :read, :value 2}`,
  rejected: `
    {:process 0, :type :invoke, :f :write, :value 1}
    {:process 0, :type :ok, :f :write, :value 1}
    {:process 1, :type :invoke, :f :read, :value nil}
    {:process 1, :type :ok, :f :read, :value nil}`,
} satisfies Workload;

/** Judges operations on registers, those of each component by themselves. */
export function judgeRegisters(operations: readonly Operation[], guarantee: string, options: CheckerOptions): Verdict {
  const checker = (checkers as Readonly<Record<string, Checker>>)[guarantee]!;
  const components = [...new Set(operations.map((it) => it.component))];
  const verdicts = components.map((name) => judge(checker, operations.filter((it) => it.component === name), options));
  const anomalies = verdicts.flatMap((it) => (it.outcome === "invalid" ? it.anomalies : []));
  if (anomalies.length > 0) return { outcome: "invalid", anomalies };
  return verdicts.find((it) => it.outcome === "unknown") ?? { outcome: "valid" };
}

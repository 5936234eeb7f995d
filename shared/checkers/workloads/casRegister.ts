import type { JepsenPair } from "../../history/eventPairing.ts";
import { fitsRegister, registerOperation } from "../../history/jepsenRegister.ts";
import type { Operation } from "../../history/operation.ts";
import type { Anomaly, Checker, CheckerOptions, Verdict } from "../checker.ts";
import { judge } from "../judge.ts";
import { checkers } from "../registry.ts";
import { memoryModels, memoryVerdict } from "../transactions/memoryModels.ts";
import { transactionOfRegister } from "../transactions/registerTransaction.ts";
import { toldText } from "../telling.ts";
import type { Workload } from "./workload.ts";

/** Guarantees that say something about registers. */
const OF_REGISTERS = Object.values<Checker>(checkers).flatMap(({ guarantee, kinds }) => (kinds.includes("cas") ? [guarantee] : []));

/** One register, or many by their keys, with read, write and compare-and-set; starts empty. */
export const casRegister = {
  model: "cas-register",
  alsoCalled: ["register", "knossos-cas-register", "knossos-register"],
  about: "Reads, writes and compare-and-sets of a register that starts empty.",
  source: "Knossos's cas-register; Herlihy & Wing 1990.",
  guarantees: [...new Set([...OF_REGISTERS, ...Object.keys(memoryModels)])],
  keyed: true,
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
  const components = [...new Set(operations.map((it) => it.component))];
  const verdicts = components.map((name) =>
    judgeComponent(
      operations.filter((it) => it.component === name),
      guarantee,
      options,
    ),
  );
  const anomalies = verdicts.flatMap((it) => (it.outcome === "invalid" ? it.anomalies : []));
  if (anomalies.length > 0) return { outcome: "invalid", anomalies };
  return verdicts.find((it) => it.outcome === "unknown") ?? { outcome: "valid" };
}

function judgeComponent(operations: readonly Operation[], guarantee: string, options: CheckerOptions): Verdict {
  if (!Object.hasOwn(memoryModels, guarantee)) {
    return judge((checkers as Readonly<Record<string, Checker>>)[guarantee]!, operations, options);
  }
  const phantoms = phantomReads(operations);
  if (phantoms.length > 0) return { outcome: "invalid", anomalies: phantoms };
  return memoryVerdict(
    operations.map(transactionOfRegister),
    memoryModels[guarantee as keyof typeof memoryModels],
    options,
  );
}

/**
 * Answers that show a value which nobody wrote at any time: wrong before anybody asks for an order. (A memory model knows
 * no clock, so a value may be read before its write was asked.)
 */
function phantomReads(operations: readonly Operation[]): Anomaly[] {
  const nameOf = (key: number, value: number | null) => `${key} ${value}`;
  const writes = operations.filter(({ kind, outcome }) => kind !== "read" && outcome !== "fail");
  const written = new Set(writes.map(({ key, argument }) => nameOf(key, argument)));
  return operations.flatMap((operation): Anomaly[] => {
    const { id, kind, key, outcome, expected, result } = operation;
    const saw = kind === "cas" ? expected : result;
    if (outcome !== "ok" || kind === "write" || saw === null || written.has(nameOf(key, saw))) return [];
    const sentence = `${toldText(operation)}, but nobody wrote ${saw} there.`;
    return [{ name: "phantomRead", operation: id, witness: [id], sentence, order: [] }];
  });
}

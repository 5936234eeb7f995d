import type { JepsenEvent, JepsenPair } from "../../history/eventPairing.ts";
import type { Anomaly, Verdict } from "../checker.ts";
import type { Workload } from "./workload.ts";

/**
 * Adds to one number and reads of it. A read lies between the sum of what had certainly been added when it was asked and
 * the sum of what may have been added when it was answered; what is taken away counts the other way round.
 * Simplified: these bounds are necessary for linearizability and not sufficient, as in Jepsen's checker.
 */
export const counter = {
  model: "counter",
  alsoCalled: ["jepsen-counter"],
  about: "Adds to one number, and reads of it.",
  source: "Jepsen's counter checker.",
  guarantees: ["counter"],
  fits: ({ type, f, value }: JepsenEvent) =>
    (f === "read" && (type !== "ok" || typeof value === "number")) || (f === "add" && typeof value === "number"),
  judge: judgeCounter,
  accepted: `
    {:process 0, :type :invoke, :f :add, :value 2}
    {:process 1, :type :invoke, :f :read}
    {:process 1, :type :ok, :f :read, :value 2}
    {:process 0, :type :ok, :f :add, :value 2}`,
  rejected: `
    {:process 0, :type :invoke, :f :add, :value 2}
    {:process 0, :type :ok, :f :add, :value 2}
    {:process 1, :type :invoke, :f :read}
    {:process 1, :type :ok, :f :read, :value 1}`,
} satisfies Workload;

function judgeCounter(pairs: readonly JepsenPair[]): Verdict {
  const lower = new Bound(pairs, (amount) => amount < 0);
  const upper = new Bound(pairs, (amount) => amount > 0);
  const anomalies = pairs.flatMap((pair, id): Anomaly[] => {
    if (pair.f !== "read" || pair.outcome !== "ok") return [];
    const value = pair.told as number;
    const low = lower.at(pair, false);
    const high = upper.at(pair, true);
    if (value >= low && value <= high) return [];
    const sentence = `Client ${pair.process} read ${value}, but the counter lay between ${low} and ${high}.`;
    return [{ name: "outOfBounds", operation: id, witness: [id], sentence, order: [] }];
  });
  return anomalies.length > 0 ? { outcome: "invalid", anomalies } : { outcome: "valid" };
}

/** One end of what a counter can hold: sums of adds, each from the moment on at which it counts. */
class Bound {
  readonly #atUs: number[] = [];
  readonly #sums: number[] = [0];

  /** An add counts from its question on where `atOnce` says so, and otherwise from its answer on. */
  constructor(pairs: readonly JepsenPair[], atOnce: (amount: number) => boolean) {
    const counted = pairs.flatMap(({ f, asked, outcome, invokedAt, completedAt }) => {
      if (f !== "add" || outcome === "fail") return [];
      const amount = asked as number;
      const at = atOnce(amount) ? invokedAt : outcome === "ok" ? completedAt : Infinity;
      return at === Infinity ? [] : [{ at, amount }];
    });
    for (const { at, amount } of counted.toSorted((a, b) => a.at - b.at)) {
      this.#atUs.push(at);
      this.#sums.push(this.#sums.at(-1)! + amount);
    }
  }

  /** The sum that counts at a read's question or answer. */
  at({ invokedAt, completedAt }: JepsenPair, atAnswer: boolean): number {
    const moment = atAnswer ? completedAt : invokedAt;
    let low = 0;
    let high = this.#atUs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#atUs[middle]! < moment) low = middle + 1;
      else high = middle;
    }
    return this.#sums[low]!;
  }
}

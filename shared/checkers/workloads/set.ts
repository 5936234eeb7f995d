import type { JepsenPair } from "../../history/eventPairing.ts";
import type { Anomaly, Verdict } from "../checker.ts";
import { missedOrder } from "../missedOrder.ts";
import { witnessOf } from "../writtenValue.ts";
import { addsOf, elementName, fitsSet, foundBy } from "./elements.ts";
import type { Workload } from "./workload.ts";

/** Elements are added to a set, and the last read shows each that was acknowledged and none that nobody added. */
export const set = {
  model: "set",
  alsoCalled: ["jepsen-set"],
  about: "Adds of elements to a set, and a read of all of them in the end.",
  source: "Jepsen's set checker.",
  guarantees: ["set"],
  fits: fitsSet,
  judge: judgeSet,
  accepted: `
    {:process 0, :type :invoke, :f :add, :value 1}
    {:process 0, :type :ok, :f :add, :value 1}
    {:process 1, :type :invoke, :f :add, :value 2}
    {:process 1, :type :info, :f :add, :value 2}
    {:process 0, :type :invoke, :f :read}
    {:process 0, :type :ok, :f :read, :value #{1 2}}`,
  rejected: `
    {:process 0, :type :invoke, :f :add, :value 1}
    {:process 0, :type :ok, :f :add, :value 1}
    {:process 0, :type :invoke, :f :read}
    {:process 0, :type :ok, :f :read, :value #{}}`,
} satisfies Workload;

function judgeSet(pairs: readonly JepsenPair[]): Verdict {
  const last = pairs.findLastIndex(({ f, outcome }) => f === "read" && outcome === "ok");
  if (last < 0) return { outcome: "unknown", reason: "The set was never read." };
  const read = pairs[last]!;
  const found = new Set(foundBy(read));
  const adds = addsOf(pairs);
  const lost = pairs.flatMap((pair, id): Anomaly[] => {
    if (pair.f !== "add" || pair.outcome !== "ok" || found.has(elementName(pair.asked))) return [];
    const sentence = `Client ${pair.process} was told that ${elementName(pair.asked)} had been added, but the last read does not have it.`;
    const order = pairs[last]!.invokedAt > pair.completedAt ? missedOrder(id, last) : [];
    return [{ name: "lostElement", operation: id, witness: witnessOf(id, last), sentence, order }];
  });
  const unexpected = [...found].flatMap((name): Anomaly[] => {
    if (adds.has(name)) return [];
    const sentence = `Client ${read.process} found ${name} in the set, but nobody had added it.`;
    return [{ name: "unexpectedElement", operation: last, witness: [last], sentence, order: [] }];
  });
  const anomalies = [...lost, ...unexpected];
  return anomalies.length > 0 ? { outcome: "invalid", anomalies } : { outcome: "valid" };
}

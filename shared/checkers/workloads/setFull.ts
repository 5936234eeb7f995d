import type { JepsenPair } from "../../history/eventPairing.ts";
import type { Anomaly, Verdict } from "../checker.ts";
import { missedOrder } from "../missedOrder.ts";
import { witnessOf } from "../writtenValue.ts";
import { addsOf, elementName, fitsSet, foundBy } from "./elements.ts";
import type { Workload } from "./workload.ts";

/**
 * Elements are added to a set that is read all the while. From the moment on at which an element is known to be there,
 * by its acknowledgement or by a read of it, it must come to stay: it is lost when the last read asked after that moment
 * that could have shown it does not. Under `linearizable`, every read asked after that moment must show it.
 */
export const setFull = {
  model: "set-full",
  alsoCalled: ["jepsen-set-full"],
  about: "Adds of elements to a set, and reads of all of them at any time.",
  source: "Jepsen's set-full checker.",
  guarantees: ["set-full", "linearizable"],
  fits: fitsSet,
  judge: judgeSetFull,
  accepted: `
    {:process 0, :type :invoke, :f :add, :value 1}
    {:process 1, :type :invoke, :f :read}
    {:process 0, :type :ok, :f :add, :value 1}
    {:process 1, :type :ok, :f :read, :value []}
    {:process 1, :type :invoke, :f :read}
    {:process 1, :type :ok, :f :read, :value [1]}`,
  rejected: `
    {:process 0, :type :invoke, :f :add, :value 1}
    {:process 0, :type :ok, :f :add, :value 1}
    {:process 1, :type :invoke, :f :read}
    {:process 1, :type :ok, :f :read, :value [1]}
    {:process 1, :type :invoke, :f :read}
    {:process 1, :type :ok, :f :read, :value []}`,
} satisfies Workload;

/** What is known of one element. */
interface Element {
  readonly add: number;
  knownAt: number;
  /** Whose answer makes it known: the add, or a read that was answered before that. */
  knownBy: number;
  /** The read asked last that showed it; −1 while none did. */
  lastSeenBy: number;
}

function judgeSetFull(pairs: readonly JepsenPair[], guarantee: string): Verdict {
  const reads = [...pairs.keys()].filter((id) => pairs[id]!.f === "read" && pairs[id]!.outcome === "ok");
  if (reads.length === 0) return { outcome: "unknown", reason: "The set was never read." };
  const found = new Map(reads.map((id) => [id, new Set(foundBy(pairs[id]!))]));
  const elements = elementsOf(pairs, reads);
  const lost = [...elements].flatMap(([name, element]) => {
    const missed = reads.findLast((id) => pairs[id]!.invokedAt > element.knownAt && !found.get(id)!.has(name));
    const isLost = missed !== undefined && (guarantee === "linearizable" || missed > element.lastSeenBy);
    return isLost ? [lostElement(pairs, name, element, missed)] : [];
  });
  const anomalies = [...lost, ...duplicates(pairs, reads), ...strangers(pairs, reads)];
  return anomalies.length > 0 ? { outcome: "invalid", anomalies } : { outcome: "valid" };
}

function elementsOf(pairs: readonly JepsenPair[], reads: readonly number[]): Map<string, Element> {
  const elements = new Map<string, Element>();
  for (const [name, add] of addsOf(pairs)) {
    const { outcome, completedAt } = pairs[add]!;
    elements.set(name, { add, knownAt: outcome === "ok" ? completedAt : Infinity, knownBy: add, lastSeenBy: -1 });
  }
  for (const id of reads) {
    for (const name of foundBy(pairs[id]!)) {
      const element = elements.get(name);
      if (element === undefined) continue;
      element.lastSeenBy = id;
      if (pairs[id]!.completedAt >= element.knownAt) continue;
      element.knownAt = pairs[id]!.completedAt;
      element.knownBy = id;
    }
  }
  return elements;
}

function lostElement(
  pairs: readonly JepsenPair[],
  name: string,
  { add, knownBy }: Element,
  missed: number,
): Anomaly {
  return {
    name: "lostElement",
    operation: missed,
    witness: witnessOf(add, knownBy, missed),
    sentence: `Client ${pairs[missed]!.process} did not find ${name} in the set, although it was known to be there.`,
    order: knownBy === add ? missedOrder(add, missed) : [{ before: add, after: knownBy, why: "wr" }, { before: knownBy, after: missed, why: "realtime" }, { before: missed, after: add, why: "rw" }],
  };
}

function duplicates(pairs: readonly JepsenPair[], reads: readonly number[]): Anomaly[] {
  return reads.flatMap((id): Anomaly[] => {
    const names = foundBy(pairs[id]!);
    const twice = names.find((name, place) => names.indexOf(name) < place && names.length !== new Set(names).size);
    if (twice === undefined) return [];
    const sentence = `Client ${pairs[id]!.process} found ${twice} in the set more than once.`;
    return [{ name: "duplicateElement", operation: id, witness: [id], sentence, order: [] }];
  });
}

/** Elements that nobody added, each blamed on the first read that shows it. */
function strangers(pairs: readonly JepsenPair[], reads: readonly number[]): Anomaly[] {
  const known = new Set(pairs.filter(({ f }) => f === "add").map(({ asked }) => elementName(asked)));
  return reads.flatMap((id) =>
    foundBy(pairs[id]!).flatMap((name): Anomaly[] => {
      if (known.has(name)) return [];
      known.add(name);
      const sentence = `Client ${pairs[id]!.process} found ${name} in the set, but nobody had added it.`;
      return [{ name: "unexpectedElement", operation: id, witness: [id], sentence, order: [] }];
    }),
  );
}

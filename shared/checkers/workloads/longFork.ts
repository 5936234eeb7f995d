import type { JepsenEvent, JepsenPair } from "../../history/eventPairing.ts";
import type { Anomaly, Verdict } from "../checker.ts";
import { elementName } from "./elements.ts";
import type { Workload } from "./workload.ts";

/**
 * Every key is written once, and groups of keys are read together. Two reads of the same keys must be comparable: what
 * the one has seen that the other has not, the other may not have seen the other way round.
 */
export const longFork = {
  model: "long-fork",
  alsoCalled: ["jepsen-long-fork"],
  about: "Single writes of keys, and reads of several keys at once.",
  source: "Jepsen's long-fork test; long fork: Sovran et al. 2011, section 3.",
  guarantees: ["long-fork", "snapshot-isolation"],
  fits: fitsLongFork,
  judge: judgeLongFork,
  accepted: `
    {:process 0, :type :invoke, :f :write, :value [[:w 0 1]]}
    {:process 0, :type :ok, :f :write, :value [[:w 0 1]]}
    {:process 1, :type :invoke, :f :read, :value [[:r 0 nil] [:r 1 nil]]}
    {:process 1, :type :ok, :f :read, :value [[:r 0 1] [:r 1 nil]]}
    {:process 2, :type :invoke, :f :read, :value [[:r 1 nil] [:r 0 nil]]}
    {:process 2, :type :ok, :f :read, :value [[:r 1 1] [:r 0 1]]}`,
  rejected: `
    {:process 1, :type :invoke, :f :read, :value [[:r 0 nil] [:r 1 nil]]}
    {:process 1, :type :ok, :f :read, :value [[:r 0 1] [:r 1 nil]]}
    {:process 2, :type :invoke, :f :read, :value [[:r 1 nil] [:r 0 nil]]}
    {:process 2, :type :ok, :f :read, :value [[:r 1 1] [:r 0 nil]]}`,
} satisfies Workload;

type Step = readonly [f: string, key: unknown, value: unknown];

function fitsLongFork({ f, value }: JepsenEvent): boolean {
  if (f !== "read" && f !== "write" && f !== "txn") return false;
  return (
    value === null ||
    (Array.isArray(value) && value.every((it) => Array.isArray(it) && (it[0] === "r" || it[0] === "w")))
  );
}

/** One read of several keys: which of them it found written. */
interface Sight {
  readonly id: number;
  readonly seen: ReadonlyMap<string, unknown>;
}

function judgeLongFork(pairs: readonly JepsenPair[]): Verdict {
  const groups = new Map<string, Sight[]>();
  for (const [id, { outcome, told }] of pairs.entries()) {
    const reads = outcome === "ok" && Array.isArray(told) ? (told as Step[]).filter(([f]) => f === "r") : [];
    if (reads.length < 2) continue;
    const seen = new Map(reads.map(([, key, value]) => [elementName(key), value]));
    const group = [...seen.keys()].sort().join(" ");
    groups.set(group, [...(groups.get(group) ?? []), { id, seen }]);
  }
  const anomalies = [...groups.values()].flatMap((sights) => forksIn(pairs, sights));
  return anomalies.length > 0 ? { outcome: "invalid", anomalies } : { outcome: "valid" };
}

/**
 * Reads of one group of keys that can't be put in one order. In the order of how many keys they found written, each has
 * to have found what the one before it found.
 */
function forksIn(pairs: readonly JepsenPair[], sights: readonly Sight[]): Anomaly[] {
  const count = ({ seen }: Sight) => [...seen.values()].filter((value) => value !== null).length;
  const ordered = sights.toSorted((a, b) => count(a) - count(b) || a.id - b.id);
  return ordered.flatMap((sight, place): Anomaly[] => {
    const before = ordered[place - 1];
    const missing = before && [...before.seen].find(([key, value]) => value !== null && sight.seen.get(key) === null);
    if (before === undefined || missing === undefined) return [];
    const witness = [before.id, sight.id].toSorted((a, b) => a - b);
    const clients = `Client ${pairs[sight.id]!.process} and client ${pairs[before.id]!.process}`;
    const sentence = `${clients} read the same keys, and each of them saw a write that the other had not seen, such as that of key ${missing[0]}.`;
    return [{ name: "longFork", operation: sight.id, witness, sentence, order: [] }];
  });
}

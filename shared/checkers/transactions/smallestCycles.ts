import type { Transaction } from "../../history/transactions.ts";
import type { Anomaly, CheckerOptions, Verdict } from "../checker.ts";

/** Judges some transactions of a history as if they were all of it. */
type JudgePart = (part: readonly Transaction[]) => Verdict;

/** So many cycles of a verdict are proved by as few transactions as can be; nobody reads more. */
const CYCLES_MAX = 20;
/** In histories longer than this, what proves a cycle beside its own transactions is not sought. */
const HISTORY_MAX = 2_000;

/**
 * A verdict whose cycles are proved by their witness alone, and by nothing smaller. The order in which versions came may
 * be known from readers outside a cycle: those belong to the proof, and what it does not need is left out.
 */
export function withSmallestCycles(
  history: readonly Transaction[],
  judgePart: JudgePart,
  { expired = () => false }: CheckerOptions = {},
): Verdict {
  const verdict = judgePart(history);
  if (verdict.outcome !== "invalid") return verdict;
  let left = CYCLES_MAX;
  const anomalies = verdict.anomalies.map((anomaly) => {
    const isCycle = anomaly.order.length > 0 || anomaly.name === "notSerializable";
    return isCycle && left-- > 0 && !expired() ? smallest(anomaly, history, judgePart) : anomaly;
  });
  return { outcome: "invalid", anomalies: distinct(anomalies) };
}

/** The same anomaly found in as few transactions as can be; as it was where no small part of the history shows it. */
function smallest(anomaly: Anomaly, history: readonly Transaction[], judgePart: JudgePart): Anomaly {
  const found = (part: readonly Transaction[]): Anomaly | undefined => {
    const verdict = judgePart(part);
    return verdict.outcome === "invalid" ? verdict.anomalies.find(({ name }) => name === anomaly.name) : undefined;
  };
  const start = [...parts(anomaly, history)].find((part) => found(part) !== undefined);
  if (start === undefined) return anomaly;
  const proof = fewest(start, (part) => found(part) !== undefined);
  return { ...found(proof)!, witness: proof.map(({ id }) => id) };
}

/** Where a proof may be found: among the transactions of a cycle, among all that asked for their keys, or anywhere. */
function* parts({ witness }: Anomaly, history: readonly Transaction[]): Generator<readonly Transaction[]> {
  const ids = new Set(witness);
  const own = history.filter(({ id }) => ids.has(id));
  yield own;
  const keys = new Set(own.flatMap(({ steps }) => steps.map(({ key }) => key)));
  const related = history.filter(({ steps }) => steps.some(({ key }) => keys.has(key)));
  if (related.length <= HISTORY_MAX) yield related;
  if (history.length <= HISTORY_MAX) yield history;
}

/**
 * As few of some transactions as still hold what all of them do: leaves out ever smaller groups, and in the end each alone.
 * Source: Zeller & Hildebrandt 2002, Simplifying and isolating failure-inducing input, section 3.
 */
function fewest(all: readonly Transaction[], holds: (part: readonly Transaction[]) => boolean): readonly Transaction[] {
  let kept = all;
  for (let size = Math.ceil(all.length / 2), isDone = false; !isDone; size = Math.max(1, size >> 1)) {
    const before = kept.length;
    for (let from = 0; from < kept.length;) {
      const rest = [...kept.slice(0, from), ...kept.slice(from + size)];
      if (rest.length > 0 && holds(rest)) kept = rest;
      else from += size;
    }
    isDone = size === 1 && kept.length === before;
  }
  return kept;
}

/** Several cycles may come down to the same proof. */
function distinct(anomalies: readonly Anomaly[]): Anomaly[] {
  const seen = new Set<string>();
  return anomalies.filter(({ name, witness }) => {
    const proof = `${name} ${witness.join(" ")}`;
    return !seen.has(proof) && seen.add(proof);
  });
}

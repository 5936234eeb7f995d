import { historyOf } from "../history/shorthand.ts";
import type { Operation } from "../history/operation.ts";
import { BlockOrder } from "./blockOrder.ts";
import { casRegister } from "./casRegister.ts";
import type { Blame, Checker } from "./checker.ts";
import { Cluster, standAlone } from "./clusters.ts";
import { conflictOf, explain, extendChain, type Explanation } from "./explanation.ts";
import { anomalyOf, effectProof } from "./linearizableWitness.ts";
import { perKey } from "./perKey.ts";
import { registerCheck, type RegisterRule, type ValuesOfKey } from "./registerCheck.ts";
import { readsInstead } from "./scans.ts";
import { searchVerdict } from "./searchVerdict.ts";
import { REGISTER_KINDS } from "./registerKinds.ts";
import { registerOrder } from "./registerOrder.ts";

/**
 * One key is one register: every operation seems to happen at one moment between its question and its answer.
 * An operation without a usable answer may happen at any time after its question, or never. Answers and questions of the
 * same microsecond are taken to overlap, so that the clock's grain never blames anybody.
 *
 * Each written value is unique, so the history is decided by ordering clusters (clusters.ts) in blocks (blockOrder.ts),
 * one logarithmic step an answer. Only reads and cas operations can be wrong: a plain write can always have happened
 * just before its own answer.
 */
export const linearizable = {
  guarantee: "linearizable",
  promise: "A read returns the newest value, as if there were one copy and one client at a time.",
  source: "Herlihy & Wing 1990, section 2; decided as in Gibbons & Korach 1997, section 4.",
  kinds: REGISTER_KINDS,
  begin: () =>
    perKey((key) => {
      const values: ValuesOfKey<Cluster> = new Map();
      return registerCheck(key, values, (write) => new Cluster(write), linearizableRule(values));
    }, registerOrder()),
  search: (operations, options) => searchVerdict(casRegister, readsInstead(operations), options),
  accepted: historyOf(
    "a writes 1 at 0..10",
    "b writes 2 at 5..60",
    "c reads 2 at 20..30",
    "a reads 2 at 40..50",
    "c swaps 2 for 3 at 70..80",
    "d writes 4 at 72..",
    "b reads 3 at 90..100",
    "a reads 4 at 110..120",
  ),
  rejected: historyOf("a writes 1 at 0..10", "b writes 2 at 20..30", "c reads 1 at 40..50"),
} satisfies Checker;

function linearizableRule(values: ValuesOfKey<Cluster>): RegisterRule<Cluster> {
  const order = new BlockOrder();
  const initial = new Cluster();
  order.enter(standAlone(initial), initial.shownAtUs);
  values.set(null, initial);

  const shown = (cluster: Cluster) => {
    const block = cluster.block ?? standAlone(cluster);
    cluster.shownIn ??= cluster;
    if (block.position < 0) {
      block.earliest = cluster;
      order.enter(block, cluster.shownAtUs);
    }
    for (let before = cluster.previous; before && !before.overtakenBy; before = before.previous) {
      before.overtakenBy = cluster;
    }
  };

  /** An accepted answer shows all that it proves to have happened, first to last. */
  const prove = (operation: Operation, { base, proven }: Explanation, shownIn: Cluster) => {
    extendChain(order, { base, proven });
    for (const cluster of [base, ...proven.toReversed()]) {
      if (cluster.shownAtUs !== Infinity) continue;
      cluster.shownAtUs = operation.completedAtUs;
      cluster.shownBy = operation.id;
      cluster.shownIn = shownIn;
      shown(cluster);
    }
  };

  return {
    observed(operation, seen): Blame | undefined {
      const named = operation.kind === "cas" ? values.get(operation.argument) : undefined;
      const own = named?.write === operation.id ? named : undefined;
      if (own?.block !== undefined) return undefined; // somebody saw its effect: it has been judged then
      const explanation = explain(values, seen, own);
      if (explanation === undefined) return undefined;
      if ("kind" in explanation) return anomalyOf(operation, seen, explanation);
      const conflict = conflictOf(order, explanation, operation.invokedAtUs);
      if (conflict !== undefined) return anomalyOf(operation, seen, conflict);
      if (explanation.proven.length > 0) prove(operation, explanation, own ?? seen);
      if (own === undefined) order.started(seen, operation.invokedAtUs, operation.id);
      return undefined;
    },
    shown,
    evidenceOf: (cluster) => effectProof(cluster, -Infinity),
    blamedCas: standAlone,
  };
}

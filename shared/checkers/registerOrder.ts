import type { Operation } from "../history/operation.ts";
import type { Transaction } from "../history/transactions.ts";
import type { OrderOfKey } from "./perKey.ts";
import { transactionOfRegister } from "./transactions/registerTransaction.ts";
import { cyclesOf, WaySearch } from "./transactions/cycles.ts";
import { orderOfCycle } from "./transactions/cycleOrder.ts";
import type { DependencyGraph } from "./transactions/dependencies.ts";
import { addDerivedOrder } from "./transactions/derived.ts";
import { rwRegisterDependencies } from "./transactions/rwRegister.ts";
import { anyWalk } from "./transactions/walks.ts";

/** True when a promise makes an answer count that came before the blamed question. */
type Counts = (before: Operation, blamed: Operation) => boolean;

/** More operations than this are too many to make a picture of, and their order is not sought. */
const OPERATIONS_MAX = 200;

/**
 * The order that could not be built of operations on one register: each read comes after the write that it saw and before
 * the write that replaced it, and what was answered before another was asked comes first. Where the blamed operation
 * stands is only asked of what its promise counts: a session guarantee counts the session. The shortest ring that ends
 * with it is told, where there is one.
 * Source: saturation as in Biswas & Enea 2019, section 4 (derived.ts); no cycle means linearizable: Gibbons & Korach 1997.
 */
export function registerOrder(counts: Counts = () => true): OrderOfKey {
  return (witness, blamed) => {
    if (witness.length > OPERATIONS_MAX) return [];
    const { nodes, graph, registers } = rwRegisterDependencies(happened(witness));
    const operations = nodes.map(({ id }) => witness.find((it) => it.id === id)!);
    addTimeOrder(graph, operations, (before, after) => after.id !== blamed.id || counts(before, blamed));
    const walk = anyWalk("realtime");
    addDerivedOrder(graph, registers, { walk, visible: 0 });
    const place = operations.findIndex(({ id }) => id === blamed.id);
    const through = place < 0 ? undefined : new WaySearch(graph, walk).shortest(place, place, () => true);
    const ring = through === undefined ? cyclesOf(graph, walk)[0] : [...through.slice(1), ...through.slice(0, 1)];
    return ring === undefined ? [] : orderOfCycle(ring, operations);
  };
}

/**
 * Operations as transactions. A cas without an answer has happened once its value was seen, and then it found what it
 * expected.
 */
function happened(witness: readonly Operation[]): Transaction[] {
  const seen = new Set<number>();
  const note = ({ kind, outcome, expected, result }: Operation): void => {
    const saw = kind === "cas" ? expected : kind === "read" && outcome === "ok" ? result : null;
    if (saw === null || seen.has(saw)) return;
    seen.add(saw);
    const origin = witness.find((it) => it.kind === "cas" && it.outcome === "unknown" && it.argument === saw);
    if (origin !== undefined) note(origin);
  };
  for (const operation of witness) if (operation.outcome === "ok") note(operation);
  return witness.map((operation) => {
    const transaction = transactionOfRegister(operation);
    const isSeen = operation.kind === "cas" && operation.outcome === "unknown" && seen.has(operation.argument!);
    return isSeen ? { ...transaction, outcome: "ok" } : transaction;
  });
}

/** Adds who was answered before who was asked, as far as it counts. */
function addTimeOrder(graph: DependencyGraph, operations: readonly Operation[], counts: Counts): void {
  for (const [from, before] of operations.entries()) {
    if (before.outcome !== "ok") continue;
    for (const [to, after] of operations.entries()) {
      if (before.completedAtUs >= after.invokedAtUs || !counts(before, after)) continue;
      graph.add(from, to, before.session === after.session ? "process" : "realtime");
    }
  }
}

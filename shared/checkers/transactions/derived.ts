import type { Transaction } from "../../history/transactions.ts";
import { componentsOf } from "./components.ts";
import type { DependencyGraph } from "./dependencies.ts";
import { Reach } from "./reach.ts";
import { externalReads, type RegisterHistory, type Writes } from "./registerVersions.ts";
import type { Walk } from "./walks.ts";

/** What a level lets a transaction see, from which an order of versions follows. */
export interface Sight {
  /** Ways that lead to a transaction from those it must see, when they end in the state `visible`. */
  readonly walk: Walk;
  readonly visible: number;
}

/** More transactions than this are not searched for orders that follow: the rows of bits would take 50 MB. */
export const DERIVED_NODES_MAX = 20_000;

/**
 * Adds the order of versions that a level implies, until nothing more follows or the order contradicts itself. If a
 * transaction that must be seen by a reader wrote the key, its version is older than the one read; and if one version's
 * writer comes before another's, so does the version, and the reader of the first comes before the second.
 * Source: the axioms of Biswas & Enea 2019, section 2.2; decided by saturation as in their section 4.
 */
export function addDerivedOrder(graph: DependencyGraph, registers: readonly RegisterHistory[], sight: Sight): void {
  const known = new Set<number>();
  const add = (from: number, to: number, why: "ww" | "rw", about: number): void => {
    const name = (from * graph.nodes + to) * 2 + (why === "ww" ? 0 : 1);
    if (from === to || known.has(name)) return;
    known.add(name);
    graph.add(from, to, why, about);
  };
  for (let before = -1; before !== known.size;) {
    before = known.size;
    if (componentsOf(graph, sight.walk).cyclic.length > 0) return;
    const reach = new Reach(graph, sight.walk);
    for (const register of registers) derive(register, reach, sight, add);
  }
}

function derive(
  { reads, writers, number }: RegisterHistory,
  reach: Reach,
  { visible }: Sight,
  add: (from: number, to: number, why: "ww" | "rw", about: number) => void,
): void {
  for (const one of writers) {
    for (const other of writers) if (reach.has(one, other)) add(one, other, "ww", number);
  }
  for (const { reader, writer } of reads) {
    if (writer < 0) continue;
    for (const other of writers) {
      if (other === writer || other === reader) continue;
      if (reach.has(other, reader, visible)) add(other, writer, "ww", number);
      if (reach.has(writer, other)) add(reader, other, "rw", number);
    }
  }
}

/**
 * Adds the order of versions that read committed implies: after a transaction has seen one of another's writes, it sees
 * no version older than that other's. Who reads a version and writes the next has put them in order too.
 */
export function addStatementOrder(graph: DependencyGraph, nodes: readonly Transaction[], writes: Writes): void {
  const nodeOf = new Map(nodes.map((it, node) => [it, node]));
  for (const [node, transaction] of nodes.entries()) {
    const met = new Set<Transaction>();
    for (const { key, value } of externalReads(transaction)) {
      const write = value === null ? undefined : writes.of(key, value);
      if (write === undefined || write.by === transaction || !nodeOf.has(write.by)) continue;
      for (const other of met) {
        if (other !== write.by && wrote(other, key)) graph.add(nodeOf.get(other)!, nodeOf.get(write.by)!, "ww");
      }
      met.add(write.by);
      if (wrote(transaction, key)) graph.add(nodeOf.get(write.by)!, node, "ww");
    }
  }
}

function wrote({ steps }: Transaction, key: string | number): boolean {
  return steps.some((step) => step.f === "w" && step.key === key);
}

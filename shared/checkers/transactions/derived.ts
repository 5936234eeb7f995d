import type { Transaction } from "../../history/transactions.ts";
import { componentsOf } from "./components.ts";
import { DEPENDENCIES, type DependencyGraph } from "./dependencies.ts";
import { Reach, reachWork, topologicalOrder } from "./reach.ts";
import { externalReads, type RegisterHistory, type Writes } from "./registerVersions.ts";
import type { Walk } from "./walks.ts";

/** What a level lets a transaction see, from which an order of versions follows. */
export interface Sight {
  /** Ways that lead to a transaction from those it must see, when they end in the state `visible`. */
  readonly walk: Walk;
  readonly visible: number;
}

/** More transactions than this are not searched for all orders that follow: it would take minutes. */
export const DERIVED_NODES_MAX = 20_000;

/** No more dependencies that follow are added than this; they have to be remembered. */
const ADDED_MAX = 8_000_000;
/** No more words and pairs are looked at to find out what follows: some seconds' worth. */
const WORK_MAX = 300_000_000;

/**
 * How much of the order that follows is added: all of it, which names a cycle best; or only what does not follow from the
 * rest already, which for long histories is far less and finds a cycle just the same.
 */
export type Derivation = "all" | "needed";

/**
 * Adds the order of versions that a level implies, until nothing more follows or the order contradicts itself. If a
 * transaction that must be seen by a reader wrote the key, its version is older than the one read; and if one version's
 * writer comes before another's, so does the version, and the reader of the first comes before the second.
 * Source: the axioms of Biswas & Enea 2019, section 2.2; decided by saturation as in their section 4.
 * Returns "unknown" when there was no time, or too much, to add all of it.
 */
export function addDerivedOrder(
  graph: DependencyGraph,
  registers: readonly RegisterHistory[],
  sight: Sight,
  { derivation = "all", expired = () => false }: { derivation?: Derivation; expired?: () => boolean } = {},
): "done" | "unknown" {
  const known = new Set<number>();
  const follows = (reach: Reach, from: number, to: number, why: "ww" | "rw"): boolean => {
    const { start, next } = sight.walk;
    const state = next[start * DEPENDENCIES.length + DEPENDENCIES.indexOf(why)]!;
    return derivation === "needed" && state >= 0 && reach.holds(from) && reach.has(from, to, state);
  };
  const add = (reach: Reach, from: number, to: number, why: "ww" | "rw", about: number): void => {
    const name = (from * graph.nodes + to) * 2 + (why === "ww" ? 0 : 1);
    if (from === to || known.has(name) || follows(reach, from, to, why)) return;
    known.add(name);
    graph.add(from, to, why, about);
  };
  const pairs = registers.reduce((sum, { reads, writers }) => sum + writers.length * (writers.length + 2 * reads.length), 0);
  let work = 0;
  for (let before = -1; before !== known.size;) {
    before = known.size;
    if (componentsOf(graph, sight.walk).cyclic.length > 0) return "done";
    work += reachWork(graph, sight.walk) + pairs;
    if (work > WORK_MAX) return "unknown";
    const order = topologicalOrder(graph, sight.walk);
    for (let first = 0; first < graph.nodes;) {
      const reach = new Reach(graph, sight.walk, first, order);
      for (const register of registers) {
        if (known.size > ADDED_MAX || expired()) return "unknown";
        derive(register, reach, sight, (from, to, why) => add(reach, from, to, why, register.number));
      }
      first = reach.end;
    }
  }
  return "done";
}

function derive(
  { reads, writers }: RegisterHistory,
  reach: Reach,
  { visible }: Sight,
  add: (from: number, to: number, why: "ww" | "rw") => void,
): void {
  const held = writers.filter((writer) => reach.holds(writer));
  for (const one of held) {
    for (const other of writers) if (reach.has(one, other)) add(one, other, "ww");
  }
  for (const { reader, writer } of reads) {
    if (writer < 0) continue;
    const may = (other: number) => other !== writer && other !== reader;
    for (const other of held) if (may(other) && reach.has(other, reader, visible)) add(other, writer, "ww");
    if (!reach.holds(writer)) continue;
    for (const other of writers) if (may(other) && reach.has(writer, other)) add(reader, other, "rw");
  }
}

/**
 * Adds what a transaction that reads a version and writes the next says: who else read that version comes before it.
 * Follows from the sight of every level that sees what it reads, and is cheap to tell.
 * Source: Elle's writes-follow-reads, Kingsbury & Alvaro 2020, section 4.
 */
export function addNextWrites(graph: DependencyGraph, registers: readonly RegisterHistory[]): void {
  for (const { reads, writers, number } of registers) {
    const writes = new Set(writers);
    const nextOf = new Map<number, number>();
    for (const { reader, writer } of reads) if (writer >= 0 && writes.has(reader)) nextOf.set(writer, reader);
    for (const { reader, writer } of reads) {
      const next = nextOf.get(writer);
      if (next !== undefined && next !== reader) graph.add(reader, next, "rw", number);
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

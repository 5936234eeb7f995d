import type { Transaction } from "../../history/transactions.ts";
import type { CheckerOptions, Verdict } from "../checker.ts";
import type { OrderEdge } from "../orderReasons.ts";
import { orderOfCycle } from "./cycleOrder.ts";
import { cyclesOf } from "./cycles.ts";
import { DependencyGraph, type Edge } from "./dependencies.ts";
import { addDerivedOrder, DERIVED_NODES_MAX } from "./derived.ts";
import { searchOrder } from "./orderSearch.ts";
import type { RegisterHistory } from "./registerVersions.ts";
import { rwRegisterDependencies } from "./rwRegister.ts";
import { momentsOf } from "./schedule.ts";
import { addProcessOrder } from "./timeOrder.ts";
import { anyWalk } from "./walks.ts";

/** A memory model: whose reads one order has to explain, and what that order must keep to. */
interface MemoryModel {
  /** One order explains the reads of all clients, or each client has an order of its own. */
  readonly explains: "all" | "each";
  /** Adds the order that every client's view keeps to. */
  readonly keeps: (
    graph: DependencyGraph,
    nodes: readonly Transaction[],
    registers: readonly RegisterHistory[],
  ) => void;
}

/**
 * Memory models of registers, from the strongest to the weakest, each operation being a transaction by itself.
 * Simplified: monotonic writes and writes-follow-reads promise an order of writes to whoever reads them, so they are judged
 * together with monotonic reads: a client that may look at old states in any order can't tell one order from another.
 * Source: Viotti & Vukolić 2016, sections 3.1, 3.4 and 3.5; causal memory: Ahamad et al. 1995; PRAM: Lipton & Sandberg 1988.
 */
export const memoryModels = {
  sequential: { explains: "all", keeps: addProcessOrder },
  causal: { explains: "each", keeps: keepCausality },
  PRAM: { explains: "each", keeps: addProcessOrder },
  monotonicWrites: { explains: "each", keeps: keepWritesApart },
  writesFollowReads: { explains: "each", keeps: keepReadsBeforeWrites },
} as const satisfies Record<string, MemoryModel>;

/** Judges a history of registers, each transaction a single operation, by a memory model. */
export function memoryVerdict(
  history: readonly Transaction[],
  { explains, keeps }: MemoryModel,
  options: CheckerOptions = {},
): Verdict {
  const { nodes, registers, anomalies, doubt } = rwRegisterDependencies(history);
  const impossible = anomalies.filter(({ name }) => name === "internal" || name === "G1c");
  if (impossible.length > 0) return { outcome: "invalid", anomalies: impossible };
  if (doubt !== undefined) return { outcome: "unknown", reason: doubt };
  if (nodes.length > DERIVED_NODES_MAX)
    return { outcome: "unknown", reason: `More than ${DERIVED_NODES_MAX} operations are too many for this guarantee.` };
  const clients = [...new Set(nodes.map(({ process }) => process))];
  let unknown: Verdict | undefined;
  for (const client of explains === "all" ? [undefined] : clients) {
    const counts = (node: number) => client === undefined || nodes[node]!.process === client;
    const seen = registers.map((it) => ({ ...it, reads: it.reads.filter(({ reader }) => counts(reader)) }));
    const graph = new DependencyGraph(nodes.length);
    keeps(graph, nodes, registers);
    const verdict = viewVerdict(graph, nodes, seen, options);
    if (verdict.outcome === "invalid") return verdict;
    if (verdict.outcome === "unknown") unknown = verdict;
  }
  return unknown ?? { outcome: "valid" };
}

/** Is there an order that keeps to a graph and in which every read that counts finds what it found? */
function viewVerdict(
  graph: DependencyGraph,
  nodes: readonly Transaction[],
  registers: readonly RegisterHistory[],
  { expired = () => false }: CheckerOptions,
): Verdict {
  for (const { reads, writers, number } of registers) {
    for (const { reader, writer } of reads) {
      if (writer >= 0) graph.add(writer, reader, "wr", number);
      else for (const first of writers) graph.add(reader, first, "rw", number);
    }
  }
  const walk = anyWalk("process");
  addDerivedOrder(graph, registers, { walk, visible: 0 });
  const [cycle] = cyclesOf(graph, walk);
  if (cycle !== undefined) return inconsistent(cycle.map(({ from }) => nodes[from]!), orderOfCycle(cycle.map((edge) => asSeen(edge, nodes)), nodes));
  const order = searchOrder(momentsOf(nodes, graph, registers, "whole"), registers.length, expired);
  if (order === "none") return inconsistent(nodes);
  if (order === "found") return { outcome: "valid" };
  return { outcome: "unknown", reason: "The search for an order of the operations was ended before it was done." };
}

/** What every client's view keeps to is the order of the clients, and of reads behind the writes that they saw. */
function asSeen(edge: Edge, nodes: readonly Transaction[]): Edge {
  const isOfTwo = nodes[edge.from]!.process !== nodes[edge.to]!.process;
  return edge.why === "process" && isOfTwo ? { ...edge, why: "wr" } : edge;
}

function inconsistent(proof: readonly Transaction[], order: readonly OrderEdge[] = []): Verdict {
  const witness = [...new Set(proof.map(({ id }) => id))].toSorted((a, b) => a - b);
  const { id, process } = proof.toSorted((a, b) => a.id - b.id).at(-1)!;
  const sentence = `Client ${process} has no order of the operations in which what was read is what had been written last.`;
  return { outcome: "invalid", anomalies: [{ name: "inconsistentView", operation: id, witness, sentence, order }] };
}

function keepCausality(
  graph: DependencyGraph,
  nodes: readonly Transaction[],
  registers: readonly RegisterHistory[],
): void {
  addProcessOrder(graph, nodes);
  keepReadsBehindWrites(graph, registers);
}

/** Every read comes after the write that it saw, whether its answer counts or not. */
function keepReadsBehindWrites(graph: DependencyGraph, registers: readonly RegisterHistory[]): void {
  for (const { reads, number } of registers) {
    for (const { reader, writer } of reads) if (writer >= 0) graph.add(writer, reader, "process", number);
  }
}

/** The writes of a client come in their order, and so do its reads, but not the ones and the others. */
function keepWritesApart(graph: DependencyGraph, nodes: readonly Transaction[]): void {
  const latest = new Map<string, number>();
  for (const [node, { process, steps }] of nodes.entries()) {
    for (const f of new Set(steps.map((step) => step.f))) {
      const before = latest.get(`${f} ${process}`);
      if (before !== undefined) graph.add(before, node, "process");
      latest.set(`${f} ${process}`, node);
    }
  }
}

/** What a client writes comes after all that it had read, and its reads come in their order. */
function keepReadsBeforeWrites(
  graph: DependencyGraph,
  nodes: readonly Transaction[],
  registers: readonly RegisterHistory[],
): void {
  keepReadsBehindWrites(graph, registers);
  const lastRead = new Map<number, number>();
  for (const [node, { process, steps }] of nodes.entries()) {
    const before = lastRead.get(process);
    if (before !== undefined) graph.add(before, node, "process");
    if (steps.some(({ f }) => f === "r")) lastRead.set(process, node);
  }
}

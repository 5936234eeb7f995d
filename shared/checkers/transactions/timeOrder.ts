import type { Transaction } from "../../history/transactions.ts";
import type { DependencyGraph } from "./dependencies.ts";

/**
 * Adds that a transaction ended before another began, as far as it does not follow from others: only those that ended
 * last, so that a history of n transactions, c of them at once, has at most n × c such dependencies.
 * `nodes[i]` is the transaction of node i, and they are in the order of their questions.
 */
export function addRealtimeOrder(graph: DependencyGraph, nodes: readonly Transaction[]): void {
  const byEnd = [...nodes.keys()].filter((node) => nodes[node]!.completedAt !== Infinity);
  byEnd.sort((a, b) => nodes[a]!.completedAt - nodes[b]!.completedAt);
  let frontier: number[] = [];
  let ended = 0;
  for (const [node, { invokedAt }] of nodes.entries()) {
    for (; ended < byEnd.length && nodes[byEnd[ended]!]!.completedAt < invokedAt; ended++) {
      const latest = byEnd[ended]!;
      frontier = frontier.filter((other) => nodes[other]!.completedAt >= nodes[latest]!.invokedAt);
      frontier.push(latest);
    }
    for (const before of frontier) graph.add(before, node, "realtime");
  }
}

/** Adds that a process did one transaction after the other. */
export function addProcessOrder(graph: DependencyGraph, nodes: readonly Transaction[]): void {
  const latest = new Map<number, number>();
  for (const [node, { process }] of nodes.entries()) {
    const before = latest.get(process);
    if (before !== undefined) graph.add(before, node, "process");
    latest.set(process, node);
  }
}

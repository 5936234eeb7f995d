import type { Transaction } from "../../history/transactions.ts";
import type { Anomaly } from "../checker.ts";
import { DEPENDENCIES, type DependencyGraph } from "./dependencies.ts";

const WR = DEPENDENCIES.indexOf("wr");
const RW = DEPENDENCIES.indexOf("rw");

/**
 * Transactions that saw one part of what another wrote, and an older version of another part.
 * Source: fractured reads, Bailis et al. 2014 (RAMP), section 3.2: a cycle of one read and one anti-dependency.
 */
export function fracturedReads(graph: DependencyGraph, nodes: readonly Transaction[]): Anomaly[] {
  const anomalies: Anomaly[] = [];
  for (let node = 0; node < graph.nodes; node++) {
    const readers = targets(graph, node, WR);
    for (const reader of readers) {
      if (!targets(graph, reader, RW).includes(node)) continue;
      const ids = [nodes[node]!.id, nodes[reader]!.id];
      const sentence = `Transaction #${ids[1]} saw a part of what #${ids[0]} wrote, and of another part what was there before.`;
      anomalies.push({ name: "fracturedRead", operation: ids[1]!, witness: ids.toSorted((a, b) => a - b), sentence });
    }
  }
  return anomalies;
}

function targets(graph: DependencyGraph, node: number, kind: number): number[] {
  const found: number[] = [];
  for (let at = graph.firstOf(node); at < graph.firstOf(node + 1); at++) {
    const edge = graph.edgeAt(at);
    if (graph.kind(edge) === kind) found.push(graph.to(edge));
  }
  return found;
}

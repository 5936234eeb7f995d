import type { Transaction } from "../../history/transactions.ts";
import type { Anomaly } from "../checker.ts";
import type { OrderEdge } from "../orderReasons.ts";
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
      const order: OrderEdge[] = [
        { before: ids[0]!, after: ids[1]!, why: "wr" },
        { before: ids[1]!, after: ids[0]!, why: "rw" },
      ];
      const witness = ids.toSorted((a, b) => a - b);
      anomalies.push({ name: "fracturedRead", operation: ids[1]!, witness, sentence, order });
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

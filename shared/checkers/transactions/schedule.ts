import type { Transaction } from "../../history/transactions.ts";
import type { DependencyGraph } from "./dependencies.ts";
import type { RegisterHistory } from "./registerVersions.ts";

/** What is to be put in one order: whole transactions, or their reads and their writes apart from each other. */
export type Cut = "whole" | "prefix" | "snapshot";

/** Reads of one version and writes of keys that happen at one moment. */
export interface Moment {
  /** The transaction, as a node. */
  readonly node: number;
  /** Keys by number, and the node whose version must be the newest then; −1 for the value before all writes. */
  readonly reads: readonly (readonly [key: number, writer: number])[];
  readonly writes: readonly number[];
  /** Moments that come after this one. */
  readonly before: number[];
  /** Keys that nobody else may write between this moment and the transaction's own writes. */
  readonly holds: readonly number[];
}

/**
 * The moments of a history and which must come before which. Serializable means that there is an order of whole
 * transactions; prefix consistency that there is one of reads and writes taken apart, the reads of each before its writes;
 * snapshot isolation that, besides, nobody else writes in between what a transaction writes.
 * Source: Biswas & Enea 2019, section 5.
 */
export function momentsOf(
  nodes: readonly Transaction[],
  graph: DependencyGraph,
  registers: readonly RegisterHistory[],
  cut: Cut,
): Moment[] {
  const reads = nodes.map((): (readonly [number, number])[] => []);
  const writes = nodes.map((): number[] => []);
  for (const register of registers) {
    for (const { reader, writer } of register.reads) reads[reader]!.push([register.number, writer]);
    for (const writer of register.writers) writes[writer]!.push(register.number);
  }
  const moments = nodes.flatMap((_, node): Moment[] => {
    const both = { node, reads: reads[node]!, writes: writes[node]!, before: [], holds: [] };
    if (cut === "whole") return [both];
    const holds = cut === "snapshot" ? writes[node]! : [];
    return [
      { ...both, writes: [], before: [2 * node + 1], holds },
      { ...both, reads: [], before: [] },
    ];
  });
  for (let edge = 0; edge < graph.edges; edge++) {
    const { from, to, why } = graph.edge(edge);
    if (cut === "whole") moments[from]!.before.push(to);
    else if (why === "rw") moments[2 * from]!.before.push(2 * to + 1);
    else moments[2 * from + 1]!.before.push(why === "ww" && cut === "prefix" ? 2 * to + 1 : 2 * to);
  }
  return moments;
}

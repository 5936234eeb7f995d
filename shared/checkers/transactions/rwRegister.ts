import type { Transaction } from "../../history/transactions.ts";
import type { Dependencies } from "./isolationVerdict.ts";
import { DependencyGraph } from "./dependencies.ts";
import { internalAnomalies } from "./internal.ts";
import { dirtyRegisterReads, lostRegisterUpdates } from "./registerAnomalies.ts";
import { externalReads, registersOf, Writes, type RegisterHistory } from "./registerVersions.ts";

/** What a history of registers shows by itself, before a level is asked for from which an order of versions follows. */
export interface RegisterDependencies extends Dependencies {
  readonly registers: readonly RegisterHistory[];
  readonly writes: Writes;
}

/**
 * The dependencies between transactions that write registers and read them. Every value is written to a register once,
 * so a read names its write; but only what a level promises tells in which order the versions came (derived.ts). The
 * value before all writes is older than every other.
 * Simplified: a value that nobody in the history wrote says nothing, as in Elle: somebody outside may have written it.
 */
export function rwRegisterDependencies(transactions: readonly Transaction[]): RegisterDependencies {
  const writes = new Writes(transactions);
  const nodes = happened(transactions, writes);
  const registers = registersOf(nodes, writes);
  const graph = new DependencyGraph(nodes.length);
  for (const { number, reads, writers } of registers) {
    for (const { reader, writer } of reads) {
      if (writer >= 0) graph.add(writer, reader, "wr", number);
      else for (const first of writers) graph.add(reader, first, "rw", number);
    }
  }
  const anomalies = [
    ...internalAnomalies(nodes),
    ...dirtyRegisterReads(nodes, writes),
    ...registers.flatMap((register) => lostRegisterUpdates(register, nodes)),
  ];
  return { nodes, graph, registers, writes, anomalies, keys: registers.map(({ key }) => key), doubt: writes.doubt };
}

/** The transactions that were acknowledged, and those without an answer of which somebody read something. */
function happened(transactions: readonly Transaction[], writes: Writes): Transaction[] {
  const seen = new Set(
    transactions.flatMap((it) => externalReads(it).map(({ key, value }) => writes.of(key, value)?.by)),
  );
  return transactions.filter((it) => it.outcome === "ok" || (it.outcome === "unknown" && seen.has(it)));
}

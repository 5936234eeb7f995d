import type { Transaction } from "../../history/transactions.ts";
import type { Anomaly } from "../checker.ts";
import { DependencyGraph } from "./dependencies.ts";
import { fracturedReads } from "./fracturedReads.ts";
import { internalAnomalies } from "./internal.ts";
import type { Dependencies } from "./isolationVerdict.ts";
import { rivalOrder } from "./rivalOrder.ts";
import { firstDifference, listsOf, type ListHistory, type Sight } from "./listVersions.ts";

/**
 * The dependencies between transactions that append to lists and read them. Every value is appended to a list once, so a
 * read shows all versions before it, in their order; the longest read of a list is the order of its versions, and every
 * other read of it must be a beginning of that. What nobody read in the end came after what was read.
 * Simplified: a value whose append is not in the history is taken to have been there before it; a read of it names nobody.
 * Source: Kingsbury & Alvaro 2020, section 4.
 */
export function listAppendDependencies(transactions: readonly Transaction[]): Dependencies {
  const lists = listsOf(transactions);
  const seen = seenValues(lists);
  const wasSeen = ({ steps }: Transaction) =>
    steps.some(({ f, key, value }) => f === "append" && seen.get(key)!.has(value));
  const nodes = transactions.filter((it) => it.outcome === "ok" || (it.outcome === "unknown" && wasSeen(it)));
  const nodeOf = new Map(nodes.map((it, node) => [it, node]));
  const graph = new DependencyGraph(nodes.length);
  const anomalies: Anomaly[] = internalAnomalies(nodes);
  for (const list of lists) {
    anomalies.push(...contradictions(list), ...dirtyReads(list));
    addDependencies(graph, list, nodeOf);
  }
  anomalies.push(...lists.flatMap(lostUpdates), ...fracturedReads(graph, nodes));
  const repeated = lists.find((list) => list.repeated !== undefined);
  const doubt =
    repeated &&
    `The value ${JSON.stringify(repeated.repeated)} was appended to key ${repeated.key} twice, so its reads do not name one transaction.`;
  return { nodes, graph, anomalies, keys: lists.map(({ key }) => key), doubt };
}

/** The values of the longest read of every list. */
function seenValues(lists: readonly ListHistory[]): Map<string | number, Set<unknown>> {
  return new Map(lists.map(({ key, longest }) => [key, new Set(longest?.all)]));
}

function addDependencies(graph: DependencyGraph, list: ListHistory, nodeOf: ReadonlyMap<Transaction, number>): void {
  const versions = list.longest?.all ?? [];
  const writers = versions.map((value) => nodeOf.get(list.appends.get(value)?.by as Transaction) ?? -1);
  const unread = unreadWriters(list, versions, nodeOf);
  let before = -1;
  for (const writer of writers) {
    if (before >= 0 && writer >= 0) graph.add(before, writer, "ww", list.number);
    if (writer >= 0) before = writer;
  }
  if (before >= 0) for (const writer of unread) graph.add(before, writer, "ww", list.number);
  for (const { by, found } of list.sights) {
    const reader = nodeOf.get(by)!;
    const writer = found.length === 0 ? -1 : (writers[found.length - 1] ?? -1);
    if (writer >= 0) graph.add(writer, reader, "wr", list.number);
    const next = nextWriter(writers, found.length, reader);
    if (next >= 0) graph.add(reader, next, "rw", list.number);
    else if (next === -1) for (const last of unread) graph.add(reader, last, "rw", list.number);
  }
}

/** The transactions known to have appended to a list after its longest read. */
function unreadWriters(
  list: ListHistory,
  versions: readonly unknown[],
  nodeOf: ReadonlyMap<Transaction, number>,
): Set<number> {
  const read = new Set(versions);
  const unread = [...list.appends.values()].filter(({ by, value }) => nodeOf.has(by) && !read.has(value));
  return new Set(unread.map(({ by }) => nodeOf.get(by)!));
}

/** Who appended the version after the first `length`; −1 when nobody did, −2 when it was the reader itself. */
function nextWriter(writers: readonly number[], length: number, reader: number): number {
  for (let at = length; at < writers.length; at++) {
    if (writers[at] === reader) return -2;
    if (writers[at]! >= 0) return writers[at]!;
  }
  return -1;
}

/** Reads of a list that are no beginning of its longest read, and reads that show a value twice. */
function contradictions({ key, sights, longest }: ListHistory): Anomaly[] {
  return sights.flatMap(({ by, all }): Anomaly[] => {
    if (new Set(all).size < all.length) {
      const sentence = `Transaction #${by.id} found a value in the list of key ${key} more than once.`;
      return [{ name: "duplicateElement", operation: by.id, witness: [by.id], sentence, order: [] }];
    }
    if (firstDifference(all, longest!.all) === all.length) return [];
    const witness = [...new Set([by.id, longest!.by.id])].toSorted((a, b) => a - b);
    const sentence = `Transactions #${by.id} and #${longest!.by.id} found lists at key ${key} of which neither is the beginning of the other.`;
    return [{ name: "incompatibleOrder", operation: by.id, witness, sentence, order: [] }];
  });
}

/** Reads of what an aborted transaction appended (G1a), or of what another had appended only for the time being (G1b). */
function dirtyReads({ key, appends, sights }: ListHistory): Anomaly[] {
  return sights.flatMap(({ by, found }): Anomaly[] => {
    const aborted = found.map((value) => appends.get(value)?.by).find((writer) => writer?.outcome === "fail");
    if (aborted !== undefined) {
      const witness = [by.id, aborted.id].toSorted((a, b) => a - b);
      const sentence = `Transaction #${by.id} read from key ${key} what #${aborted.id} had appended, although that was aborted.`;
      return [{ name: "G1a", operation: by.id, witness, sentence, order: [] }];
    }
    const last = found.length === 0 ? undefined : appends.get(found.at(-1));
    if (last === undefined || last.isLast || last.by === by) return [];
    const witness = [by.id, last.by.id].toSorted((a, b) => a - b);
    const sentence = `Transaction #${by.id} read from key ${key} what #${last.by.id} had appended, and not what it appended after that.`;
    return [{ name: "G1b", operation: by.id, witness, sentence, order: [] }];
  });
}

/** Transactions that read the same version of a list and both appended to it: one of them passed over the other. */
function lostUpdates({ key, sights, appends }: ListHistory): Anomaly[] {
  const writers = new Set([...appends.values()].map(({ by }) => by));
  const updaters = new Map<number, Sight>();
  const met = new Set<Transaction>();
  return sights.flatMap((sight): Anomaly[] => {
    const { by, found } = sight;
    if (!writers.has(by) || met.has(by)) return [];
    met.add(by);
    const other = updaters.get(found.length);
    updaters.set(found.length, sight);
    if (other === undefined || other.by === by) return [];
    const witness = [other.by.id, by.id].toSorted((a, b) => a - b);
    const sentence = `Transactions #${other.by.id} and #${by.id} read the same version of key ${key} and both appended to it: one of the two updates is lost.`;
    return [{ name: "lostUpdate", operation: by.id, witness, sentence, order: rivalOrder(other.by.id, by.id) }];
  });
}

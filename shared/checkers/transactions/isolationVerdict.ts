import type { Transaction } from "../../history/transactions.ts";
import type { Anomaly, AnomalyName, CheckerOptions, TransactionAnomaly, Verdict } from "../checker.ts";
import { orderOfCycle } from "./cycleOrder.ts";
import { cyclesOf, singleCycle } from "./cycles.ts";
import type { DependencyGraph, Edge } from "./dependencies.ts";
import type { IsolationLevel } from "./isolation.ts";
import { addProcessOrder, addRealtimeOrder } from "./timeOrder.ts";
import { anyWalk, causalWalk, flowWalk, snapshotWalk } from "./walks.ts";

/** What a history of transactions shows, before anybody asks which isolation was promised. */
export interface Dependencies {
  /** The transactions that happened, in the order of their questions: those that were acknowledged or seen. */
  readonly nodes: readonly Transaction[];
  /** Dependencies between them, by place in `nodes`; those of process and real time are added by the verdict. */
  readonly graph: DependencyGraph;
  /** What is wrong with single transactions or pairs of them. */
  readonly anomalies: readonly Anomaly[];
  /** Names of the keys, by number. */
  readonly keys: readonly (string | number)[];
  /** Why the dependencies can't be told; then nothing found means nothing. */
  readonly doubt?: string | undefined;
}

/** Wrong under every level: what was read contradicts itself, whatever was promised. */
const ALWAYS_WRONG: ReadonlySet<AnomalyName> = new Set<AnomalyName>(["duplicateElement"]);

/** Judges dependencies by an isolation level. Each strongly connected component is shown by one short cycle. */
export function isolationVerdict(
  found: Dependencies,
  level: IsolationLevel,
  { expired = () => false }: CheckerOptions = {},
): Verdict {
  const { nodes, graph, doubt } = found;
  addOrders(graph, nodes, level);
  const forbidden = found.anomalies.filter(({ name }) => ALWAYS_WRONG.has(name) || level.forbids.has(name));
  const cycles = level.walks.flatMap((walk) => cyclesOf(graph, walk));
  const single = forbidden.length + cycles.length > 0 ? undefined : singleOf(graph, level, expired);
  if (Array.isArray(single)) cycles.push(single);
  const anomalies = [...forbidden, ...distinct(cycles.map((cycle) => anomalyOf(cycle, found)))];
  if (anomalies.length > 0) return { outcome: "invalid", anomalies };
  if (single === "unknown")
    return {
      outcome: "unknown",
      reason: "The search for a cycle with one anti-dependency was ended before it was done.",
    };
  return doubt === undefined ? { outcome: "valid" } : { outcome: "unknown", reason: doubt };
}

/** Adds the orders outside the database that a level counts. */
export function addOrders(graph: DependencyGraph, nodes: readonly Transaction[], { order }: IsolationLevel): void {
  if (order !== "none") addProcessOrder(graph, nodes);
  if (order === "realtime") addRealtimeOrder(graph, nodes);
}

function singleOf(graph: DependencyGraph, { single, order }: IsolationLevel, expired: () => boolean) {
  if (single === undefined || cyclesOf(graph, snapshotWalk(order)).length === 0) return undefined;
  return singleCycle(graph, single === "flow" ? flowWalk(order) : causalWalk(order), anyWalk(order), expired);
}

/** A stronger walk finds the cycles of the weaker ones again. */
function distinct(anomalies: readonly Anomaly[]): Anomaly[] {
  const seen = new Set<string>();
  return anomalies.filter(({ witness }) => {
    const name = witness.join(" ");
    return !seen.has(name) && seen.add(name);
  });
}

/** What a cycle is called: by its kinds of dependencies, and by the orders that it needs. */
export function cycleName(cycle: readonly Edge[]): TransactionAnomaly {
  const anti = cycle.filter(({ why }) => why === "rw").length;
  const adjacent = cycle.some(({ why }, at) => why === "rw" && cycle[(at + 1) % cycle.length]!.why === "rw");
  const reads = cycle.some(({ why }) => why === "wr");
  const name = anti === 1 ? "G-single" : anti > 1 ? (adjacent ? "G2-item" : "G-nonadjacent") : reads ? "G1c" : "G0";
  if (cycle.some(({ why }) => why === "realtime")) return `${name}-realtime`;
  return cycle.some(({ why }) => why === "process") ? `${name}-process` : name;
}

function anomalyOf(cycle: readonly Edge[], { nodes, keys }: Dependencies): Anomaly {
  const transaction = (node: number) => nodes[node]!.id;
  const witness = [...new Set(cycle.map(({ from }) => transaction(from)))].toSorted((a, b) => a - b);
  const steps = cycle.map(
    (edge) => `#${transaction(edge.from)} ${REASONS[edge.why](keys[edge.about])} #${transaction(edge.to)}`,
  );
  return {
    name: cycleName(cycle),
    operation: witness.at(-1)!,
    witness,
    sentence: `Transactions come before themselves: ${steps.join(", ")}.`,
    order: orderOfCycle(cycle, nodes),
  };
}

const REASONS: Readonly<Record<Edge["why"], (key: string | number | undefined) => string>> = {
  ww: (key) => `wrote key ${key} before`,
  wr: (key) => `wrote what was read from key ${key} by`,
  rw: (key) => `read key ${key} before the write of`,
  process: () => "came before in the same client",
  realtime: () => "had ended before the beginning of",
};

import type { AnomalyName } from "../checker.ts";
import { anyWalk, flowWalk, prefixWalk, snapshotWalk, writeWalk, type Order, type Walk } from "./walks.ts";

/** What an isolation level forbids. What no level allows, such as lists that contradict each other, is not named. */
export interface IsolationLevel {
  /** Anomalies of single transactions or pairs of them. */
  readonly forbids: ReadonlySet<AnomalyName>;
  /** Ways along the dependencies that must not come back, from the weakest to the strongest. */
  readonly walks: readonly Walk[];
  /** A cycle with a single anti-dependency is forbidden, the other dependencies being of these kinds. */
  readonly single?: "flow" | "causal";
  /** Which orders outside the database count as dependencies. */
  readonly order: Order;
}

const DIRTY: readonly AnomalyName[] = ["G1a", "G1b"];
const ATOMIC: readonly AnomalyName[] = [...DIRTY, "internal", "fracturedRead"];

type Terms = Partial<Pick<IsolationLevel, "single">> & { readonly order?: Order };

function level(forbids: readonly AnomalyName[], walks: readonly ((order: Order) => Walk)[], terms: Terms = {}): IsolationLevel {
  const { order = "none", ...others } = terms;
  return { forbids: new Set(forbids), walks: walks.map((it) => it(order)), order, ...others };
}

const COMMITTED = [writeWalk, flowWalk];
const SNAPSHOT: readonly AnomalyName[] = [...ATOMIC, "lostUpdate"];

/**
 * Isolation levels, from the weakest to the strongest. Names and what each forbids: Adya 1999; Cerone & Gotsman 2018;
 * Elle's consistency models. `strong-session-…` counts the order of each process, `strong-…` and `strict-…` real time.
 * Simplified: predicates are not asked for in these histories, so what is forbidden is forbidden of items; a level that
 * differs from a weaker one only in cursors, predicates or views that a history does not show is judged as that one.
 */
export const isolationLevels = {
  "read-uncommitted": level([], [writeWalk]),
  "read-committed": level(DIRTY, COMMITTED),
  "monotonic-view": level(DIRTY, COMMITTED),
  "monotonic-snapshot-read": level(DIRTY, COMMITTED),
  "monotonic-atomic-view": level(DIRTY, COMMITTED),
  "cursor-stability": level([...DIRTY, "lostUpdate"], COMMITTED),
  "consistent-view": level([...DIRTY, "lostUpdate"], COMMITTED, { single: "flow" }),
  "forward-consistent-view": level([...DIRTY, "lostUpdate"], COMMITTED, { single: "flow" }),
  "update-serializable": level([...DIRTY, "lostUpdate"], COMMITTED, { single: "flow" }),
  "repeatable-read": level([...DIRTY, "lostUpdate"], [...COMMITTED, anyWalk]),
  "read-atomic": level(ATOMIC, COMMITTED),
  "update-atomic": level(SNAPSHOT, COMMITTED),
  causal: level(ATOMIC, COMMITTED, { single: "causal" }),
  prefix: level(ATOMIC, [...COMMITTED, prefixWalk]),
  "parallel-snapshot-isolation": level(SNAPSHOT, COMMITTED, { single: "flow" }),
  "snapshot-isolation": level(SNAPSHOT, [...COMMITTED, prefixWalk, snapshotWalk]),
  serializable: level(SNAPSHOT, [...COMMITTED, snapshotWalk, anyWalk]),
  "strong-session-snapshot-isolation": level(SNAPSHOT, [...COMMITTED, snapshotWalk], { order: "process" }),
  "strong-session-serializable": level(SNAPSHOT, [...COMMITTED, snapshotWalk, anyWalk], { order: "process" }),
  "strong-snapshot-isolation": level(SNAPSHOT, [...COMMITTED, snapshotWalk], { order: "realtime" }),
  "strict-serializable": level(SNAPSHOT, [...COMMITTED, snapshotWalk, anyWalk], { order: "realtime" }),
} as const satisfies Record<string, IsolationLevel>;

/** Name of an isolation level. */
export type Isolation = keyof typeof isolationLevels;

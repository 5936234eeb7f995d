import type { AnomalyName } from "../checker.ts";
import type { Sight } from "./derived.ts";
import type { Cut } from "./schedule.ts";
import {
  anyWalk,
  causalWalk,
  directWalk,
  flowWalk,
  prefixWalk,
  snapshotWalk,
  writeWalk,
  type Order,
  type Walk,
} from "./walks.ts";

/** What an isolation level forbids. What no level allows, such as an element that is in a list twice, is not named. */
export interface IsolationLevel {
  /** Anomalies of single transactions or pairs of them. */
  readonly forbids: ReadonlySet<AnomalyName>;
  /** Ways along the dependencies that must not come back, from the weakest to the strongest. */
  readonly walks: readonly Walk[];
  /** A cycle with a single anti-dependency is forbidden, the other dependencies being of these kinds. */
  readonly single?: "flow" | "causal";
  /** Which orders outside the database count as dependencies. */
  readonly order: Order;
  /** What a transaction must see of others, from which an order of versions follows where reads do not show it. */
  readonly sight?: Sight | "statement";
  /** What must be put in one order, where what follows from sight does not decide by itself. */
  readonly cut?: Cut;
}

const DIRTY: readonly AnomalyName[] = ["G1a", "G1b", "G1c", "incompatibleOrder"];
const ATOMIC: readonly AnomalyName[] = [...DIRTY, "nonRepeatableRead", "internal", "fracturedRead"];

interface Terms extends Pick<IsolationLevel, "single" | "cut"> {
  readonly order?: Order;
  readonly sees?: "statement" | keyof typeof SIGHTS;
}

/** For each way of seeing: the ways that lead to what is seen, and the states in which they may end. */
const SIGHTS = {
  direct: [directWalk, 1],
  causal: [causalWalk, 0],
  flow: [flowWalk, 0],
  prefix: [prefixWalk, 1],
  snapshot: [snapshotWalk, 0],
  all: [anyWalk, 0],
} as const;

function level(
  forbids: readonly AnomalyName[],
  walks: readonly ((order: Order) => Walk)[],
  terms: Terms = {},
): IsolationLevel {
  const { order = "none", sees, ...others } = terms;
  const base = { forbids: new Set(forbids), walks: walks.map((it) => it(order)), order, ...others };
  if (sees === undefined || sees === "statement") return sees === undefined ? base : { ...base, sight: sees };
  const [walk, visible] = SIGHTS[sees];
  return { ...base, sight: { walk: walk(order), visible } };
}

const COMMITTED = [writeWalk, flowWalk];
const SERIAL = [...COMMITTED, snapshotWalk, anyWalk];
const SNAPSHOT: readonly AnomalyName[] = [...ATOMIC, "lostUpdate"];

/**
 * Isolation levels, from the weakest to the strongest. Names and what each forbids: Adya 1999; Cerone & Gotsman 2018;
 * Elle's consistency models. `strong-session-…` counts the order of each process, `strong-…` and `strict-…` real time.
 * Simplified: predicates are not asked for in these histories, so what is forbidden is forbidden of items; a level that
 * differs from a weaker one only in cursors, predicates or views that a history does not show is judged as that one.
 */
export const isolationLevels = {
  "read-uncommitted": level([], [writeWalk]),
  "read-committed": level(DIRTY, COMMITTED, { sees: "statement" }),
  "strong-session-read-committed": level(DIRTY, COMMITTED, { order: "process", sees: "statement" }),
  "strong-read-committed": level(DIRTY, COMMITTED, { order: "realtime", sees: "statement" }),
  "monotonic-view": level(DIRTY, COMMITTED, { sees: "statement" }),
  "monotonic-snapshot-read": level(DIRTY, COMMITTED, { sees: "statement" }),
  "monotonic-atomic-view": level(DIRTY, COMMITTED, { sees: "statement" }),
  "item-cut-isolation": level([...DIRTY, "nonRepeatableRead"], COMMITTED, { sees: "statement" }),
  "cursor-stability": level([...DIRTY, "lostUpdate"], COMMITTED, { sees: "statement" }),
  "consistent-view": level([...DIRTY, "lostUpdate"], COMMITTED, { single: "flow", sees: "flow", cut: "snapshot" }),
  "forward-consistent-view": level([...DIRTY, "lostUpdate"], COMMITTED, {
    single: "flow",
    sees: "flow",
    cut: "snapshot",
  }),
  "update-serializable": level([...DIRTY, "lostUpdate"], COMMITTED, { single: "flow", sees: "flow", cut: "snapshot" }),
  "repeatable-read": level([...DIRTY, "lostUpdate"], [...COMMITTED, anyWalk], { sees: "all", cut: "whole" }),
  "read-atomic": level(ATOMIC, COMMITTED, { sees: "direct" }),
  "update-atomic": level(SNAPSHOT, COMMITTED, { sees: "direct" }),
  causal: level(ATOMIC, COMMITTED, { single: "causal", sees: "causal" }),
  prefix: level(ATOMIC, [...COMMITTED, prefixWalk], { sees: "prefix", cut: "prefix" }),
  "parallel-snapshot-isolation": level(SNAPSHOT, COMMITTED, { single: "flow", sees: "flow", cut: "snapshot" }),
  "snapshot-isolation": level(SNAPSHOT, [...COMMITTED, prefixWalk, snapshotWalk], {
    sees: "snapshot",
    cut: "snapshot",
  }),
  serializable: level(SNAPSHOT, SERIAL, { sees: "all", cut: "whole" }),
  "strong-session-snapshot-isolation": level(SNAPSHOT, [...COMMITTED, snapshotWalk], {
    order: "process",
    sees: "snapshot",
    cut: "snapshot",
  }),
  "strong-session-serializable": level(SNAPSHOT, SERIAL, { order: "process", sees: "all", cut: "whole" }),
  "strong-snapshot-isolation": level(SNAPSHOT, [...COMMITTED, snapshotWalk], {
    order: "realtime",
    sees: "snapshot",
    cut: "snapshot",
  }),
  "strict-serializable": level(SNAPSHOT, SERIAL, { order: "realtime", sees: "all", cut: "whole" }),
} as const satisfies Record<string, IsolationLevel>;

/** What Adya and Elle call these levels besides. */
export const isolationAliases: Readonly<Record<string, keyof typeof isolationLevels>> = {
  "PL-1": "read-uncommitted",
  "PL-2": "read-committed",
  "strong-session-PL-2": "strong-session-read-committed",
  "strong-PL-2": "strong-read-committed",
  "PL-2L": "monotonic-view",
  "PL-MSR": "monotonic-snapshot-read",
  "PL-CS": "cursor-stability",
  "PL-2+": "consistent-view",
  "PL-FCV": "forward-consistent-view",
  "PL-3U": "update-serializable",
  "PL-2.99": "repeatable-read",
  ROLA: "update-atomic",
  "causal-cerone": "causal",
  "PL-SI": "snapshot-isolation",
  "PL-3": "serializable",
  "conflict-serializable": "serializable",
  "PL-SS": "strict-serializable",
  "strong-serializable": "strict-serializable",
};

/** Name of an isolation level. */
export type Isolation = keyof typeof isolationLevels;

import { judge } from "../../../shared/checkers/judge.ts";
import { checkers, type Guarantee } from "../../../shared/checkers/registry.ts";
import type { Anomaly, Checker } from "../../../shared/checkers/checker.ts";
import type { StoreConfig } from "../../../shared/components/store/config.ts";
import type { Operation } from "../../../shared/history/operation.ts";
import type { Level } from "../../../shared/level/schema.ts";
import type { LoggedIntent } from "../../../shared/match/intent.ts";

/** Guarantees of a store that every run is checked against: the columns of the table. */
export const COLUMNS = [
  "linearizable",
  "causal",
  "boundedStaleness",
  "session",
  "pram",
  "monotonicWrites",
  "writesFollowReads",
  "monotonicReads",
  "readYourWrites",
  "acknowledgedWriteLost",
  "eventual",
] as const satisfies readonly Guarantee[];
export type Column = (typeof COLUMNS)[number];

/** What happened to a store, as far as it decides what the store still promises. */
export interface Circumstances {
  /** Nobody turned its dial, set its quorums or its mode. */
  readonly untouched: boolean;
  /** No disk was lost. */
  readonly disksStay: boolean;
  /** Nobody but the first primary, or the head that lacked nothing, was ever made to lead. */
  readonly onePrimary: boolean;
  /** How far two clocks can have been apart, ms; a clock that was set to another time has no bound that counts. */
  readonly clockErrorMs: number;
  /** How much faster or slower than another a clock can have run, parts per million; Infinity if one was set. */
  readonly driftPpm: number;
}

const CLOCK_FAULTS: readonly string[] = ["clockSkew", "clockDrift", "clockJump"];

/** What happened in a match, told from its level and its log alone. */
export function circumstancesOf(level: Level, log: readonly LoggedIntent[]): Circumstances {
  const { faults, nodes, lasts } = level;
  const verbs = log.map(({ intent }) => intent);
  const clocks = Object.values(nodes).map(({ clock }) => clock ?? { skew: 0, drift: 0 });
  const driftPpm = Math.max(...clocks.map(({ drift }) => Math.abs(drift)));
  const wereSet = faults.some(({ kind }) => CLOCK_FAULTS.includes(kind));
  const stores = Object.values(level.components).filter((config) => config.kind === "store");
  return {
    untouched: !verbs.some((intent) => intent.verb === "dial" || intent.verb === "quorum" || (intent.verb === "set" && intent.component === "store")),
    disksStay: disksStay(level),
    onePrimary: !verbs.some(({ verb }) => verb === "promote") && stores.every(({ failover }) => failover === undefined),
    clockErrorMs: wereSet ? Infinity : 2 * Math.max(...clocks.map(({ skew }) => Math.abs(skew))) + (2 * driftPpm * lasts) / 1_000_000,
    driftPpm: wereSet ? Infinity : 2 * driftPpm,
  };
}

/** True when no fault of a level takes a disk. */
export function disksStay({ faults }: Level): boolean {
  return !faults.some((fault) => fault.kind === "diskCorruption" || ("diskLost" in fault && fault.diskLost));
}

/**
 * Guarantees that a store must keep in these circumstances, each with the bound by which it is judged, ms. Each line
 * says what the protocol's own sources and its `Simplified:` lines say, and no more.
 */
export function promisesOf(config: StoreConfig, told: Circumstances): ReadonlyMap<Column, number> {
  const promises = new Map<Column, number>();
  if (!keepsWrites(config, told)) return promises;
  promises.set("eventual", 0);
  if (!told.untouched) return promises;
  const stop = config.starts ?? config.dial[0]!;
  if (stop === "linearizable" && isOrdered(config, told)) {
    for (const column of COLUMNS) promises.set(column, 0);
  }
  if ((stop === "session" || stop === "causal" || stop === "linearizable") && isSession(config, told)) {
    promises.set("session", 0).set("monotonicReads", 0).set("readYourWrites", 0);
  }
  if (stop === "causal") promises.set("causal", 0).set("pram", 0).set("monotonicWrites", 0).set("writesFollowReads", 0);
  // A primary that was replaced and has not heard of it takes itself to be up to date, whatever the mode.
  if (stop === "boundedStaleness" && told.onePrimary && told.clockErrorMs < Infinity) {
    promises.set("boundedStaleness", config.bound + told.clockErrorMs);
  }
  return promises;
}

/** Nothing that was acknowledged is ever taken back: the least that all other promises rest on. */
function keepsWrites({ protocol, mode, on }: StoreConfig, { disksStay, onePrimary, untouched }: Circumstances): boolean {
  switch (protocol) {
    case "raft":
      // One disk in a run at most is lost, and whoever still has a majority without it gets over that.
      return disksStay || on.length >= 3;
    case "chain":
      return disksStay && onePrimary;
    case "primaryBackup":
      return disksStay && (onePrimary || (mode === "sync" && untouched));
    default:
      return disksStay;
  }
}

function isOrdered({ protocol, reads, leaseMarginPpm }: StoreConfig, { driftPpm }: Circumstances): boolean {
  if (protocol === "raft" && reads === "lease") return driftPpm <= leaseMarginPpm;
  return true;
}

/** Leaderless below linearizable, later is what a clock says: with clocks that are wrong a session's own write can be the older. */
function isSession(config: StoreConfig, told: Circumstances): boolean {
  const stop = config.starts ?? config.dial[0]!;
  if (config.protocol !== "quorum" || stop === "linearizable") return isOrdered(config, told);
  return told.clockErrorMs === 0 || config.conflict === "siblings";
}

/** Wrong answers of a store under one guarantee; none where it can't judge what was asked. */
export function anomaliesOf(column: Column, history: readonly Operation[], boundMs: number): readonly Anomaly[] {
  const checker: Checker = checkers[column];
  if (!history.every(({ kind }) => checker.kinds.includes(kind))) return [];
  const verdict = judge(checker, history, { boundMs });
  return verdict.outcome === "invalid" ? verdict.anomalies : [];
}

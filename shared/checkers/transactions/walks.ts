import { DEPENDENCIES, type Dependency } from "./dependencies.ts";

/**
 * Which ways along the dependencies must not lead back to where they began, as a small machine: a way is in one of
 * `states`, and a dependency takes it from one to the next, or can't be taken.
 */
export interface Walk {
  readonly states: number;
  /** State in which a way begins that is to be continued by any dependency that may come first. */
  readonly start: number;
  /** State after a dependency of each kind from each state: `next[state * 5 + kind]`; −1 where it can't be taken. */
  readonly next: Int8Array;
}

/** What a way remembers of the orders of process and real time: which of them it may use. */
export type Order = "none" | "process" | "realtime";

function walk(start: number, rows: readonly Readonly<Partial<Record<Dependency, number>>>[], order: Order): Walk {
  const allowed = (why: Dependency) =>
    why === "realtime" ? order === "realtime" : why === "process" ? order !== "none" : true;
  const next = rows.flatMap((row) => DEPENDENCIES.map((why) => (allowed(why) ? (row[why] ?? -1) : -1)));
  return { states: rows.length, start, next: Int8Array.from(next) };
}

const ordered = (state: number) => ({ process: state, realtime: state });

/** Writes in the order of their versions: a cycle is Adya's G0. */
export const writeWalk = (order: Order): Walk => walk(0, [{ ww: 0, ...ordered(0) }], order);

/** Information flows along writes and reads: a cycle is Adya's G1c. */
export const flowWalk = (order: Order): Walk => walk(0, [{ ww: 0, wr: 0, ...ordered(0) }], order);

/** All dependencies: a cycle is Adya's G2, restricted to items. */
export const anyWalk = (order: Order): Walk => walk(0, [{ ww: 0, wr: 0, rw: 0, ...ordered(0) }], order);

/**
 * No two anti-dependencies side by side: what snapshot isolation forbids.
 * Source: Cerone & Gotsman 2018, theorem 4.1: ((so ∪ wr ∪ ww) ; rw?) has no cycle. State 1: the last was an rw.
 */
export const snapshotWalk = (order: Order): Walk =>
  walk(
    1,
    [
      { ww: 0, wr: 0, rw: 1, ...ordered(0) },
      { ww: 0, wr: 0, ...ordered(0) },
    ],
    order,
  );

/**
 * Anti-dependencies only behind a read or the order of a session: what prefix consistency forbids.
 * Source: Cerone & Gotsman 2018: (((so ∪ wr) ; rw?) ∪ ww) has no cycle. State 1: the last was such a dependency.
 */
export const prefixWalk = (order: Order): Walk =>
  walk(
    0,
    [
      { ww: 0, wr: 1, ...ordered(1) },
      { ww: 0, wr: 1, rw: 0, ...ordered(1) },
    ],
    order,
  );

/** Causality alone: reads and the order of sessions. */
export const causalWalk = (order: Order): Walk => walk(0, [{ wr: 0, ...ordered(0) }], order);

/** One read, or one step in the order of a session, and no more. State 1: it has been taken. */
export const directWalk = (order: Order): Walk => walk(0, [{ wr: 1, ...ordered(1) }, {}], order);

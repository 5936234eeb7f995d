import { invariant } from "../../core/invariant.ts";
import { countOf, mergeClocks, NO_EVENTS, type VectorClock, withDot } from "../vectorClock.ts";
import type { DataType } from "./dataType.ts";

/** What each actor has counted so far: a vector clock whose events are the units counted. */
export type GCounter = VectorClock;

/** A count that only grows: each replica counts what came to it, and the sum of all is the count. */
export const gCounter: DataType<GCounter> = {
  name: "gCounter",
  about: "A count that only grows: every replica counts for itself, the sum is the count.",
  source: "Shapiro et al. 2011, INRIA RR-7506, specification 6",
  simplified: null,
  takes: ["increment"],
  empty: NO_EVENTS,

  update(state, { kind, argument, actor }) {
    const amount = argument ?? 0;
    invariant(kind === "increment" && amount >= 0, `gCounter: ${kind} by ${amount}, but it only grows`);
    return amount === 0 ? state : withDot(state, { actor, count: countOf(state, actor) + amount });
  },

  merge: mergeClocks,

  value(state) {
    return state.reduce((sum, { count }) => sum + count, 0);
  },

  values() {
    return null;
  },
};

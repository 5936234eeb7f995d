import { invariant } from "../../core/invariant.ts";
import type { DataType } from "./dataType.ts";
import { gCounter, type GCounter } from "./gCounter.ts";

/** What was added, and what was taken away. */
export interface PnCounter {
  readonly added: GCounter;
  readonly taken: GCounter;
}

/** A count that grows and shrinks: two counts that only grow, one subtracted from the other. */
export const pnCounter: DataType<PnCounter> = {
  name: "pnCounter",
  about: "A count that grows and shrinks: what was added less what was taken. Nothing keeps it above zero.",
  source: "Shapiro et al. 2011, INRIA RR-7506, specification 7",
  simplified: null,
  takes: ["increment"],
  empty: { added: gCounter.empty, taken: gCounter.empty },

  update(state, update) {
    const amount = update.argument ?? 0;
    invariant(update.kind === "increment", `pnCounter: ${update.kind} is not one of its operations`);
    if (amount >= 0) return { ...state, added: gCounter.update(state.added, update) };
    return { ...state, taken: gCounter.update(state.taken, { ...update, argument: -amount }) };
  },

  merge(a, b) {
    const added = gCounter.merge(a.added, b.added);
    const taken = gCounter.merge(a.taken, b.taken);
    return added === a.added && taken === a.taken ? a : { added, taken };
  },

  value(state) {
    return (gCounter.value(state.added) ?? 0) - (gCounter.value(state.taken) ?? 0);
  },

  values() {
    return null;
  },
};

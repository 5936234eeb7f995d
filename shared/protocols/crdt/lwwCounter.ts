import { invariant } from "../../core/invariant.ts";
import type { DataType } from "./dataType.ts";
import { lwwRegister, type LwwRegister } from "./lwwRegister.ts";

/**
 * A count that is kept as one value: whoever counts reads it where it is, and writes it back with so much more. Two who
 * count without knowing of each other write two values, and the later one is all that remains.
 */
export const lwwCounter: DataType<LwwRegister> = {
  name: "lwwCounter",
  about: "A count in one register, read and written back: of concurrent increments the later one is all that counts.",
  source: "Shapiro et al. 2011, INRIA RR-7506, specification 8; lost update: Berenson et al. 1995, section 4.1",
  simplified: null,
  takes: ["increment"],
  empty: lwwRegister.empty,

  update(state, update) {
    invariant(update.kind === "increment", `lwwCounter: ${update.kind} is not one of its operations`);
    const count = (state.value ?? 0) + (update.argument ?? 0);
    return lwwRegister.update(state, { ...update, kind: "write", argument: count });
  },

  merge: lwwRegister.merge,

  value(state) {
    return state.value ?? 0;
  },

  values() {
    return null;
  },
};

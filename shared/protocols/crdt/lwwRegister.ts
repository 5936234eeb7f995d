import { invariant } from "../../core/invariant.ts";
import type { Us } from "../../core/time.ts";
import type { ActorId } from "../vectorClock.ts";
import type { DataType } from "./dataType.ts";

/** A value, and when it was written by the clock of the replica that took it; −1 where nobody wrote. */
export interface LwwRegister {
  readonly value: number | null;
  readonly stampUs: Us;
  readonly actor: ActorId;
}

/**
 * One value; of two that were written without knowing of each other the one with the later stamp wins, and the other is
 * gone. A write that knows of another is stamped above it, even by a clock that is behind.
 */
export const lwwRegister: DataType<LwwRegister> = {
  name: "lwwRegister",
  about: "One value: of concurrent writes the one with the later clock wins, and the others are gone.",
  source: "Shapiro et al. 2011, INRIA RR-7506, specification 8",
  simplified: null,
  takes: ["write"],
  empty: { value: null, stampUs: -1, actor: -1 },

  update(state, { kind, argument, actor, clockUs }) {
    invariant(kind === "write", `lwwRegister: ${kind} is not one of its operations`);
    return { value: argument, stampUs: Math.max(clockUs, state.stampUs + 1), actor };
  },

  merge(a, b) {
    return isLater(b, a) ? b : a;
  },

  value(state) {
    return state.value;
  },

  values() {
    return null;
  },
};

function isLater(a: LwwRegister, b: LwwRegister): boolean {
  return a.stampUs === b.stampUs ? a.actor > b.actor : a.stampUs > b.stampUs;
}

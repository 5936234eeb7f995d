import { invariant } from "../../core/invariant.ts";
import { NO_EVENTS, type VectorClock } from "../vectorClock.ts";
import type { LwwRegister } from "./lwwRegister.ts";
import type { PnCounter } from "./pnCounter.ts";
import type { DataTypeName } from "./registry.ts";

/** Who counted what had been counted before: one actor for all replicas, so that what each took over is one count. */
const BEFORE = -1;

type Conversion = (state: unknown) => unknown;

/**
 * How the state of a key goes over to another data type with the same operations. Replicas do it each for itself, and
 * convert what still comes in the old type; where they had parted, the largest count that anyone held is taken over.
 */
const conversions: Readonly<Partial<Record<DataTypeName, Readonly<Partial<Record<DataTypeName, Conversion>>>>>> = {
  lwwCounter: {
    gCounter: (state) => countedBefore(valueOf(state)),
    pnCounter: (state): PnCounter => ({ added: countedBefore(valueOf(state)), taken: countedBefore(-valueOf(state)) }),
  },
};

/** Data types that a store may go over to from this one. */
export function conversionsFrom(data: DataTypeName): DataTypeName[] {
  return Object.keys(conversions[data] ?? {}) as DataTypeName[];
}

/** A state in the other data type; itself when both are the same. */
export function converted(state: unknown, from: DataTypeName, to: DataTypeName): unknown {
  if (from === to) return state;
  const conversion = conversions[from]?.[to];
  invariant(conversion !== undefined, `crdt: a ${from} can't become a ${to}`);
  return conversion(state);
}

function valueOf(state: unknown): number {
  return (state as LwwRegister).value ?? 0;
}

function countedBefore(count: number): VectorClock {
  return count > 0 ? [{ actor: BEFORE, count }] : NO_EVENTS;
}

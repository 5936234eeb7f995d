import type { OperationKind } from "../../core/operations.ts";
import type { Us } from "../../core/time.ts";
import type { ActorId } from "../vectorClock.ts";

/** One change that a client asks for, as the replica applies it that takes it. */
export interface Update {
  readonly kind: OperationKind;
  /** Field of a map; data types without fields don't look at it. */
  readonly key: number;
  /** Value to write, element to add or remove, amount to add. */
  readonly argument: number | null;
  /** The replica that applies it, and what its own clock says. */
  readonly actor: ActorId;
  readonly clockUs: Us;
}

/**
 * A convergent replicated data type: its states form a semilattice. `merge` is the least upper bound (commutative,
 * associative, idempotent) and every update only goes up, so that replicas which have seen the same updates, in
 * whatever order and however often, hold the same value. States are plain data and never changed.
 * Source: Shapiro, Preguiça, Baquero & Zawirski 2011, "A comprehensive study of convergent and commutative replicated
 * data types", INRIA RR-7506, section 2.2.
 */
export interface DataType<State> {
  readonly name: string;
  /** One sentence for the catalogue. */
  readonly about: string;
  /** Paper and specification. */
  readonly source: string;
  /** Where it departs from its source; null when it does not. */
  readonly simplified: string | null;
  /** Operations that change it; `read` is taken by all. */
  readonly takes: readonly OperationKind[];
  /** The bottom of the lattice: nothing has happened yet. */
  readonly empty: State;
  update(state: State, update: Update): State;
  /** Least upper bound. Returns `a` itself when `b` brings nothing that it lacks. */
  merge(a: State, b: State): State;
  /** What a read is told: the value, the count, the number of elements. */
  value(state: State): number | null;
  /** All elements, smallest first; null for a type that has one value. */
  values(state: State): readonly number[] | null;
}

import type { Us } from "../../core/time.ts";
import type { ReplicaId } from "../protocol.ts";

/**
 * What a replica holds of one key: a value and its version. Versions are ordered by stamp, then by the replica that gave
 * it, then by operation; the last one wins. Cells are never changed, so replicas share them.
 */
export interface Cell {
  /** Below linearizable the coordinator's own clock, at linearizable one more than the newest stamp of a quorum. */
  readonly stampUs: Us;
  readonly coordinator: ReplicaId;
  readonly operation: number;
  readonly value: number | null;
  /** Writes of this key that the coordinator knew of, this one included: shows how much a replica has missed. */
  readonly ordinal: number;
}

/** A cell and the key that it belongs to. */
export interface KeyedCell {
  readonly key: number;
  readonly cell: Cell;
}

/** True when `a` is of a later version than `b`; anything is later than a key nobody wrote. */
export function isNewer(a: Cell | null, b: Cell | null): boolean {
  if (a === null) return false;
  if (b === null) return true;
  if (a.stampUs !== b.stampUs) return a.stampUs > b.stampUs;
  if (a.coordinator !== b.coordinator) return a.coordinator > b.coordinator;
  return a.operation > b.operation;
}

/** The later of two versions. */
export function newerOf(a: Cell | null, b: Cell | null): Cell | null {
  return isNewer(b, a) ? b : a;
}

import type { Us } from "../../core/time.ts";
import type { ReplicaId } from "../protocol.ts";
import { type Dot, isWithin, type VectorClock } from "../vectorClock.ts";

/** One written value. Versions are ordered by stamp, then by the replica that gave it, then by operation. */
export interface Version {
  /** Below linearizable the coordinator's own clock, at linearizable one more than the newest stamp of a quorum. */
  readonly stampUs: Us;
  readonly coordinator: ReplicaId;
  readonly operation: number;
  readonly value: number | null;
}

/** A version that no other one is known to have replaced, and the event of writing it. */
export interface Sibling extends Version, Dot {}

/** All that is known of a key's writes: an event that the clock knows and that is no sibling was replaced. */
export interface Causal {
  readonly clock: VectorClock;
  readonly siblings: readonly Sibling[];
}

/**
 * What a replica holds of one key: its last version, and with `conflict: siblings` all that are concurrent with it.
 * Cells are never changed, so replicas share them.
 */
export interface Cell extends Version {
  /** Writes of this key that the coordinator knew of, this one included: shows how much a replica has missed. */
  readonly ordinal: number;
  /** Null under last-write-wins. */
  readonly causal: Causal | null;
}

/** A cell and the key that it belongs to. */
export interface KeyedCell {
  readonly key: number;
  readonly cell: Cell;
}

/** True when version `a` is the later one; a version is not later than itself. */
export function isLater(a: Version, b: Version): boolean {
  if (a.stampUs !== b.stampUs) return a.stampUs > b.stampUs;
  if (a.coordinator !== b.coordinator) return a.coordinator > b.coordinator;
  return a.operation > b.operation;
}

/** True when `a` tells something that `b` does not know; anything is news of a key nobody wrote. */
export function isNewer(a: Cell | null, b: Cell | null): boolean {
  if (a === null) return false;
  if (b === null) return true;
  if (a.causal !== null && b.causal !== null) return !isWithin(a.causal.clock, b.causal.clock);
  return isLater(a, b);
}

import type { ReplicaId, ReplicaStatus } from "../protocol.ts";
import type { ChainIo, ChainState } from "./state.ts";

/** First of the chain, who takes the writes; −1 for an empty chain. */
export function headOf({ membership }: ChainState): ReplicaId {
  return membership.members[0] ?? -1;
}

/** Who is before this replica, or −1. */
export function predecessorOf({ membership }: ChainState, self: ReplicaId): ReplicaId {
  return membership.members[membership.members.indexOf(self) - 1] ?? -1;
}

/** Who is after this replica, or −1. */
export function successorOf({ membership }: ChainState, self: ReplicaId): ReplicaId {
  const place = membership.members.indexOf(self);
  return place < 0 ? -1 : (membership.members[place + 1] ?? -1);
}

/**
 * True when this replica is of the chain and holds all updates that count, not one that is still catching up. Its disk
 * has to know: others may be taken out once it is of the chain, and then a crash must not make it doubt.
 */
export function isEstablished({ membership, saved }: ChainState, self: ReplicaId): boolean {
  return membership.members.includes(self) && membership.joinedAt[self] === saved.establishedIn;
}

/** True when nobody beyond this replica is established. */
export function isEnd(state: ChainState, self: ReplicaId): boolean {
  return successorOf(state, self) < 0 || (state.successor === "joining" && state.successorIsEnd);
}

/**
 * True when this replica is the tail, whose word makes updates count: the last that is established. Whoever joins
 * behind it takes over once it has been handed all.
 * Source: van Renesse & Schneider 2004, section 3.1, "Extending a Chain".
 */
export function isTail(state: ChainState, io: ChainIo): boolean {
  if (!isEstablished(state, io.self) || !isEnd(state, io.self)) return false;
  return successorOf(state, io.self) < 0 || state.handedTo < 0 || state.handedTo !== state.successorStampUs;
}

/** What monitoring is told: a chain of one is a head. */
export function roleOf(state: ChainState): ReplicaStatus["role"] {
  if (!isEstablished(state, state.self)) return "joining";
  if (headOf(state) === state.self) return "head";
  return isEnd(state, state.self) ? "tail" : "middle";
}

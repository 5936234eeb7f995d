import { drainFifo } from "../fifo.ts";
import type { Membership } from "../membership.ts";
import { createProgress } from "../progress.ts";
import { commitAsTail } from "./committing.ts";
import { beatSuccessor } from "./forwarding.ts";
import { dropUncommitted } from "./history.ts";
import { persist } from "./persistence.ts";
import { headOf, isEnd, isEstablished, successorOf } from "./places.ts";
import type { ChainIo, ChainState } from "./state.ts";

/**
 * The master changed the chain. Without the head, the next one is head, and what only the old one had never counted.
 * Without the tail, the one before is tail, and all it has counts. Without one in the middle, its neighbours meet, and
 * the successor is sent what it lacks of Sent. Whoever is let in joins behind the tail and catches up first.
 * Differs: in the paper the master detects failures itself; here nothing happens until an operator fences a node, and
 * fencing makes true what the paper assumes, that whoever is taken out has stopped.
 * Source: van Renesse & Schneider 2004, section 3.1.
 */
export function reconfigure(state: ChainState, io: ChainIo, membership: Membership): void {
  if (membership.configuration <= state.membership.configuration) return;
  state.membership = membership;
  state.tail = membership.members.at(-1) ?? -1;
  state.heardRound = 0;
  state.toldIndex = 0;
  state.owesAnswer = false;
  if (headOf(state) !== io.self) drainFifo(state.writes);
  if (!isEstablished(state, io.self)) join(state, io);
  meetSuccessor(state, io);
  persist(state, io);
  commitAsTail(state, io);
  beatSuccessor(state, io);
}

/** Begins to catch up from what is known to count. */
export function join(state: ChainState, io: ChainIo): void {
  state.establishedIn = -1;
  state.saved.establishedIn = -1;
  state.saving.establishedIn = -1;
  state.stampUs = Math.max(io.clockUs(), state.stampUs + 1);
  state.takeOverIndex = -1;
  dropUncommitted(state);
}

/** Starts anew with whoever is next. One that the master let in just now can't be of the chain yet. */
export function meetSuccessor(state: ChainState, io: ChainIo): void {
  const { configuration, joinedAt } = state.membership;
  const successor = successorOf(state, io.self);
  const isNew = successor >= 0 && configuration > 0 && joinedAt[successor] === configuration;
  state.progress = createProgress(io.replicas, state.saved.lastIndex);
  state.successor = isNew ? "joining" : "unknown";
  state.successorIsEnd = isNew;
  state.successorStampUs = -1;
  state.handedTo = -1;
}

/**
 * Operators order the head of a chain in which nobody has everything to begin anew from what it has: whatever else was
 * acknowledged is lost, and whoever joins drops what it has. Not taken while somebody may have everything.
 * Differs: the paper gives up when all replicas have failed.
 */
export function beginAnew(state: ChainState, io: ChainIo): boolean {
  if (state.establishedIn >= 0) return false;
  const { configuration, joinedAt } = state.membership;
  if (headOf(state) !== io.self || isEstablished(state, io.self) || !isEnd(state, io.self)) return false;
  state.lineage = configuration + 1;
  state.establishedIn = joinedAt[io.self] ?? -1;
  persist(state, io);
  return true;
}

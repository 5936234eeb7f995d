import { lastIndex } from "./log.ts";
import { adoptSnapshot, compactLog } from "./snapshots.ts";
import type { RaftIo, RaftState, Stable } from "./state.ts";

/**
 * Asks for term, vote, log and snapshots to be made durable. At most one sync is under way; what comes meanwhile shares
 * the next (group commit). Source: figure 2, "updated on stable storage before responding to RPCs".
 */
export function persist(state: RaftState, io: RaftIo): void {
  if (state.isSaving) {
    state.saveWanted = true;
    return;
  }
  state.isSaving = true;
  state.saving.currentTerm = state.currentTerm;
  state.saving.votedFor = state.votedFor;
  state.saving.lastIndex = lastIndex(state);
  state.saving.commitIndex = state.commitIndex;
  state.saving.snapshot = state.snapshot;
  if (state.incoming !== null) state.incoming.isSaving = state.incoming.rows === state.incoming.snapshot.rows;
  io.sync(0);
}

/** A sync ended: what it took along is durable, and the next one starts if something came since. */
export function finishSaving(state: RaftState, io: RaftIo): void {
  copyStable(state.saving, state.saved);
  state.isSaving = false;
  adoptSnapshot(state, io);
  compactLog(state);
  if (!state.saveWanted) return;
  state.saveWanted = false;
  persist(state, io);
}

/** True when the current term and the vote given in it are on the disk. */
export function voteIsDurable(state: RaftState): boolean {
  return state.saved.currentTerm === state.currentTerm && state.saved.votedFor === state.votedFor;
}

/** Copies one record of stable state over another. */
export function copyStable(from: Readonly<Stable>, to: Stable): void {
  to.currentTerm = from.currentTerm;
  to.votedFor = from.votedFor;
  to.lastIndex = from.lastIndex;
  to.commitIndex = Math.min(from.commitIndex, from.lastIndex);
  to.snapshot = from.snapshot;
}

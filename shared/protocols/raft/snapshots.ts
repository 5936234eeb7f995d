import { copyRegisters, sizeOfRegisters } from "../registers.ts";
import { releaseParked } from "../parkedReads.ts";
import { configurationAt, reviewConfiguration } from "./configuration.ts";
import { lastIndex, termAt } from "./log.ts";
import type { Snapshot } from "./messages.ts";
import type { RaftIo, RaftState } from "./state.ts";

/**
 * Takes a snapshot when enough was applied since the last one. Each replica does so on its own, of what is committed and
 * applied there, and the state machine's memory of answered operations is part of it. It is not urgent: it goes to disk
 * with the next sync. Source: section 7; dissertation, sections 5.1 and 6.3.
 * Simplified: taking a snapshot takes no time, and writing it takes one sync, whatever its size.
 */
export function takeSnapshot(state: RaftState): void {
  const { snapshotEvery } = state.config;
  const index = state.registers.appliedIndex;
  if (snapshotEvery === 0 || index - (state.snapshot?.lastIncludedIndex ?? 0) < snapshotEvery) return;
  state.snapshot = {
    lastIncludedIndex: index,
    lastIncludedTerm: termAt(state, index),
    members: configurationAt(state, index).members,
    registers: copyRegisters(state.registers),
    rows: sizeOfRegisters(state.registers),
  };
}

/**
 * Discards entries that a durable snapshot covers. As many as come between two snapshots stay behind it, so that a
 * follower that is a little late is sent entries, not everything: the log holds at most twice `snapshotEvery` entries
 * and those that are not committed.
 */
export function compactLog(state: RaftState): void {
  const { saved, base, config } = state;
  if (saved.snapshot === null) return;
  const index = saved.snapshot.lastIncludedIndex - config.snapshotEvery;
  if (index <= base.index) return;
  const { members } = configurationAt(state, index);
  const kept = state.log.slice(index - base.index);
  state.base = { index, term: termAt(state, index), members };
  state.log = kept;
}

/**
 * A snapshot that came from the leader is durable and takes the place of what it covers. Entries that follow it stay
 * when the log agrees with it, else the whole log goes. Source: figure 13, receiver rules 5 to 8.
 */
export function adoptSnapshot(state: RaftState, io: RaftIo): void {
  if (state.incoming?.isSaving !== true) return;
  const { snapshot } = state.incoming;
  const { lastIncludedIndex, lastIncludedTerm, members } = snapshot;
  state.incoming = null;
  if (lastIncludedIndex <= state.commitIndex || state.role !== "follower") return;
  const agrees = termAt(state, lastIncludedIndex) === lastIncludedTerm;
  const kept = agrees ? state.log.slice(lastIncludedIndex - state.base.index) : [];
  state.base = { index: lastIncludedIndex, term: lastIncludedTerm, members };
  state.log = kept;
  reviewConfiguration(state);
  state.saved.snapshot = snapshot;
  state.saved.lastIndex = agrees ? Math.max(state.saved.lastIndex, lastIncludedIndex) : lastIndex(state);
  state.saved.commitIndex = lastIncludedIndex;
  restoreSnapshot(state, snapshot);
  state.verifiedIndex = Math.max(state.verifiedIndex, lastIncludedIndex);
  releaseParked(state.parked, state.registers, io);
}

/** Resets the state machine to what a snapshot holds. Source: figure 13, receiver rule 8. */
export function restoreSnapshot(state: RaftState, snapshot: Snapshot): void {
  state.snapshot = snapshot;
  state.registers = copyRegisters(snapshot.registers);
  state.commitIndex = snapshot.lastIncludedIndex;
}

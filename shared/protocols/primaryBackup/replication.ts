import { usOf } from "../../core/time.ts";
import { accepted, beat, ENTRIES_PER_APPEND, heard, isSilent, rejected, sent, windowOpen } from "../progress.ts";
import type { ReplicaId } from "../protocol.ts";
import { acknowledgedIndex, endDegraded, waitsForBackups, watchBackups } from "./acknowledging.ts";
import { commitUpTo, releaseReads } from "./committing.ts";
import { holdsLease, takeWord } from "./leases.ts";
import { viewAt } from "./log.ts";
import { NO_ENTRIES, type Appended } from "./messages.ts";
import { viewIsDurable } from "./persistence.ts";
import { TIMER, type PrimaryBackupIo, type PrimaryBackupState } from "./state.ts";
import { followView } from "./views.ts";

/**
 * Primary: sends what is durable here and new to every backup whose window is open. Only durable writes are sent, so that
 * after a crash no backup has a write that its primary has not. Backups outside the membership get it too.
 */
export function replicate(state: PrimaryBackupState, io: PrimaryBackupIo): void {
  if (!viewIsDurable(state)) return;
  const { progress } = state;
  startRound(state, io);
  for (let backup = 0; backup < io.replicas; backup++) {
    if (backup === io.self) continue;
    if (windowOpen(progress, backup)) sendAppend(state, io, backup);
    else progress.owed[backup] = true;
  }
  if (state.members.length === 1) releaseReads(state, io);
}

/** Primary: the heartbeat goes to everybody. It announces the view to those who have not heard of it. */
export function sendHeartbeats(state: PrimaryBackupState, io: PrimaryBackupIo): void {
  io.setTimer(TIMER.heartbeat, usOf(state.config.heartbeatMs));
  if (!viewIsDurable(state)) return;
  startRound(state, io);
  for (let backup = 0; backup < io.replicas; backup++) {
    if (backup === io.self) continue;
    beat(state.progress, backup);
    sendAppend(state, io, backup);
  }
  // A lease that was waited for, after a promotion or restart, may hold by now.
  if (state.config.leaseMs > 0) advanceCommittedIndex(state, io);
}

/** Primary: a backup answered. One that knows a later view ends this one. */
export function receiveAppended(
  state: PrimaryBackupState,
  io: PrimaryBackupIo,
  from: ReplicaId,
  message: Appended,
): void {
  if (message.view > state.view) followView(state, io, message.view);
  if (!state.leading || message.view < state.view) return;
  const { progress } = state;
  heard(progress, from, message.round);
  if (message.success) {
    accepted(progress, from, message.index);
    takeWord(state, from, message.grantedAsOfUs);
    endDegraded(state);
    advanceCommittedIndex(state, io);
  } else {
    // A backup that has less than it told before has lost its disk: it no longer counts for what it had.
    progress.matchIndex[from] = Math.min(progress.matchIndex[from] ?? 0, message.index);
    if (rejected(progress, from, message.index)) progress.owed[from] = true;
  }
  releaseReads(state, io);
  const behind = (progress.nextIndex[from] ?? 1) <= state.saved.lastIndex;
  if ((behind || progress.owed[from]) && windowOpen(progress, from)) sendAppend(state, io, from);
}

/** Primary: commits what may be acknowledged by now, while it may serve at all. */
export function advanceCommittedIndex(state: PrimaryBackupState, io: PrimaryBackupIo): void {
  if (!viewIsDurable(state) || !holdsLease(state, io)) return;
  state.progress.matchIndex[io.self] = state.saved.lastIndex;
  const index = acknowledgedIndex(state, io);
  const isProgress = index > state.committedIndex;
  if (isProgress) commitUpTo(state, io, index);
  watchBackups(state, io, isProgress);
  // Backups that answer reads should hear of the commit now, not with the next heartbeat.
  if (isProgress && waitsForBackups(state) && state.config.stop !== "linearizable") replicate(state, io);
}

function startRound(state: PrimaryBackupState, io: PrimaryBackupIo): void {
  state.progress.round += 1;
  state.progress.answeredRound[io.self] = state.progress.round;
}

function sendAppend(state: PrimaryBackupState, io: PrimaryBackupIo, backup: ReplicaId): void {
  const { progress, saved } = state;
  const previousIndex = (progress.nextIndex[backup] ?? 1) - 1;
  const end = Math.min(saved.lastIndex, previousIndex + ENTRIES_PER_APPEND);
  const entries = isSilent(progress, backup) || previousIndex >= end ? NO_ENTRIES : state.log.slice(previousIndex, end);
  io.send(backup, {
    type: "append",
    view: state.view,
    previousIndex,
    previousView: viewAt(state, previousIndex),
    entries,
    committedIndex: state.committedIndex,
    inheritedIndex: state.inheritedIndex,
    round: progress.round,
    asOfUs: io.clockUs(),
  });
  sent(progress, backup, entries.length);
}

import { usOf } from "../../core/time.ts";
import { majority, reachedByQuorum } from "../majority.ts";
import { leastOf } from "./committing.ts";
import { TIMER, type PrimaryBackupIo, type PrimaryBackupState } from "./state.ts";

/**
 * Primary: how far the log may be acknowledged. Mode async asks nobody, mode sync every member, mode semiSync some
 * backups as long as they answer; with fencing tokens a majority of all disks must have taken a write as well.
 */
export function acknowledgedIndex(state: PrimaryBackupState, io: PrimaryBackupIo): number {
  const { config, progress } = state;
  const index = indexByMode(state);
  return config.fencingTokens ? Math.min(index, reachedByQuorum(progress.matchIndex, majority(io.replicas))) : index;
}

/** True when writes wait for backups, which then should hear of a commit at once. */
export function waitsForBackups({ config }: PrimaryBackupState): boolean {
  return config.mode !== "async" || config.fencingTokens;
}

/**
 * Primary in mode semiSync: sets the time at which it will wait no longer, `semiSyncTimeoutMs` after a write began to
 * wait or the last acknowledgement came. Differs: MySQL counts from the write that waits longest.
 */
export function watchBackups(state: PrimaryBackupState, io: PrimaryBackupIo, isProgress: boolean): void {
  if (state.config.mode !== "semiSync") return;
  const isWaiting = !state.isDegraded && state.committedIndex < state.saved.lastIndex;
  if (!isWaiting) io.cancelTimer(TIMER.degrade);
  else if (isProgress || !state.isWaiting) io.setTimer(TIMER.degrade, usOf(state.config.semiSyncTimeoutMs));
  state.isWaiting = isWaiting;
}

/**
 * Primary in mode semiSync: nobody acknowledged in time, so it goes on as in mode async, and a crash can now lose what
 * it acknowledges. Source: MySQL 8.4 reference manual, section 19.4.10, rpl_semi_sync_source_timeout.
 */
export function degrade(state: PrimaryBackupState): void {
  state.isDegraded = state.config.mode === "semiSync";
}

/** Primary in mode semiSync: it waits for backups again as soon as enough of them have caught up. */
export function endDegraded(state: PrimaryBackupState): void {
  if (state.isDegraded && semiSyncIndex(state) >= state.saved.lastIndex) state.isDegraded = false;
}

function indexByMode(state: PrimaryBackupState): number {
  const { config, progress, members, saved } = state;
  if (config.mode === "sync") return leastOf(progress.matchIndex, members);
  return config.mode === "async" || state.isDegraded ? saved.lastIndex : semiSyncIndex(state);
}

/** How far `ackedBackups` members beside the primary, or all where there are fewer, have the log on disk. */
function semiSyncIndex({ config, progress, members }: PrimaryBackupState): number {
  const needed = 1 + Math.min(config.ackedBackups, members.length - 1);
  return reachedByQuorum(
    members.map((member) => progress.matchIndex[member] ?? 0),
    needed,
  );
}

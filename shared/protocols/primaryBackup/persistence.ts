import { lastIndex } from "./log.ts";
import type { PrimaryBackupIo, PrimaryBackupState, Stable } from "./state.ts";

/** Asks for view and log to be made durable. At most one sync is under way; what comes meanwhile shares the next. */
export function persist(state: PrimaryBackupState, io: PrimaryBackupIo): void {
  if (state.isSaving) {
    state.saveWanted = true;
    return;
  }
  state.isSaving = true;
  state.saving.view = state.view;
  state.saving.leading = state.leading;
  state.saving.lastIndex = lastIndex(state);
  state.saving.committedIndex = state.committedIndex;
  io.sync(0);
}

/** A sync ended: what it took along is durable, and the next one starts if something came since. */
export function finishSaving(state: PrimaryBackupState, io: PrimaryBackupIo): void {
  copyStable(state.saving, state.saved);
  state.isSaving = false;
  if (!state.saveWanted) return;
  state.saveWanted = false;
  persist(state, io);
}

/** True when the disk knows this view, so that a crash can't bring an older one back. */
export function viewIsDurable(state: PrimaryBackupState): boolean {
  return state.saved.view === state.view && state.saved.leading === state.leading;
}

/** Copies one record of stable state over another. */
export function copyStable(from: Readonly<Stable>, to: Stable): void {
  to.view = from.view;
  to.leading = from.leading;
  to.lastIndex = from.lastIndex;
  to.committedIndex = Math.min(from.committedIndex, from.lastIndex);
}

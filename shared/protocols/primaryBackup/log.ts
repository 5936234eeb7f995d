import { applyCommand, createRegisters } from "../registers.ts";
import type { Entry } from "./messages.ts";
import type { PrimaryBackupState } from "./state.ts";

/** Index of the last entry; 0 for an empty log. */
export function lastIndex(state: PrimaryBackupState): number {
  return state.log.length;
}

/** View of the entry at an index; −1 before the first, −2 past the end. */
export function viewAt(state: PrimaryBackupState, index: number): number {
  return index === 0 ? -1 : (state.log[index - 1]?.view ?? -2);
}

/** Makes the log from `previousIndex` on hold `entries`; what conflicts is dropped with all that follows. True when something was added. */
export function mergeEntries(state: PrimaryBackupState, previousIndex: number, entries: readonly Entry[]): boolean {
  let index = previousIndex;
  let added = false;
  for (const entry of entries) {
    index += 1;
    if (viewAt(state, index) === entry.view) continue;
    truncate(state, index - 1);
    state.log.push(entry);
    added = true;
  }
  return added;
}

/** Where the primary should try next when the entry at `previousIndex` did not match: before the view that conflicts. */
export function conflictHint(state: PrimaryBackupState, previousIndex: number): number {
  if (previousIndex > lastIndex(state)) return lastIndex(state);
  const view = viewAt(state, previousIndex);
  let index = previousIndex - 1;
  while (index > 0 && viewAt(state, index) === view) index -= 1;
  return index;
}

/** Drops what this replica has after `index` from views before its own: writes that the primary of its view never had. */
export function dropUninherited(state: PrimaryBackupState, index: number): void {
  let end = lastIndex(state);
  if (end <= index || viewAt(state, end) === state.view) return;
  while (end > index && viewAt(state, end) !== state.view) end -= 1;
  truncate(state, end);
}

/**
 * Drops all entries after `index`. Where they were applied already, that is undone by applying the rest anew: these are
 * the acknowledged writes that an asynchronous primary loses when another takes over.
 * Simplified: the deletion itself is durable at once.
 */
function truncate(state: PrimaryBackupState, index: number): void {
  if (index >= lastIndex(state)) return;
  state.log.length = index;
  state.saved.lastIndex = Math.min(state.saved.lastIndex, index);
  state.saving.lastIndex = Math.min(state.saving.lastIndex, index);
  state.committedIndex = Math.min(state.committedIndex, index);
  if (state.registers.appliedIndex > index) applyAnew(state);
}

/** Rebuilds the registers from the committed entries of the log. */
export function applyAnew(state: PrimaryBackupState): void {
  state.registers = createRegisters();
  for (let index = 1; index <= state.committedIndex; index++) {
    applyCommand(state.registers, index, state.log[index - 1]?.write ?? null);
  }
}

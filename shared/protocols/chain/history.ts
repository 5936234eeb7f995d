import { applyCommand, createRegisters } from "../registers.ts";
import type { StoreRequest } from "../protocol.ts";
import type { ChainState } from "./state.ts";

/** Adds an update at the end of the history; its key is dirty from now on. Returns its index. */
export function addUpdate(state: ChainState, update: StoreRequest): number {
  const index = state.history.push(update);
  state.newestIndex.set(update.key, index);
  return index;
}

/** True when this replica knows an update of the key of which it does not know that the tail has it. */
export function isDirty(state: ChainState, key: number): boolean {
  return (state.newestIndex.get(key) ?? 0) > state.committedIndex;
}

/** A replica that joins a chain with another history than its own keeps nothing. */
export function enterLineage(state: ChainState, lineage: number): void {
  state.lineage = lineage;
  state.committedIndex = 0;
  state.saved.committedIndex = 0;
  state.saving.committedIndex = 0;
  dropUncommitted(state);
  applyAnew(state);
}

/**
 * A replica that joins keeps what it knows to count, and drops the rest: nobody may have that any more.
 * Simplified: the deletion itself is durable at once.
 */
export function dropUncommitted(state: ChainState): void {
  const index = state.committedIndex;
  if (state.history.length === index) return;
  state.history.length = index;
  state.saved.lastIndex = Math.min(state.saved.lastIndex, index);
  state.saving.lastIndex = Math.min(state.saving.lastIndex, index);
  indexKeys(state);
}

/** Rebuilds registers and dirty keys from the history. */
export function applyAnew(state: ChainState): void {
  state.registers = createRegisters();
  for (let index = 1; index <= state.committedIndex; index++) {
    applyCommand(state.registers, index, state.history[index - 1] ?? null);
  }
  indexKeys(state);
}

function indexKeys(state: ChainState): void {
  state.newestIndex = new Map(state.history.map(({ key }, place) => [key, place + 1]));
}

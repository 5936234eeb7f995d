import type { ChainIo, ChainState, Stable } from "./state.ts";

/** Asks for the history and this replica's standing to be made durable. What comes during a sync shares the next. */
export function persist(state: ChainState, io: ChainIo): void {
  if (state.isSaving) {
    state.saveWanted = true;
    return;
  }
  state.isSaving = true;
  const { committedIndex, establishedIn, stampUs, handedTo, lineage } = state;
  const { configuration } = state.membership;
  const lastIndex = state.history.length;
  Object.assign(state.saving, { lastIndex, committedIndex, establishedIn, stampUs, handedTo, configuration, lineage });
  io.sync(0);
}

/** A sync ended: what it took along is durable, and the next one starts if something came since. */
export function finishSaving(state: ChainState, io: ChainIo): void {
  copyStable(state.saving, state.saved);
  state.isSaving = false;
  if (!state.saveWanted) return;
  state.saveWanted = false;
  persist(state, io);
}

/** Copies one record of stable state over another. */
export function copyStable(from: Readonly<Stable>, to: Stable): void {
  Object.assign(to, from);
  to.committedIndex = Math.min(from.committedIndex, from.lastIndex);
}

import type { CommitIo, CommitState, LogRecord } from "./state.ts";

/** Writes a record that must be on the disk before anybody hears of it; `synced` goes on from there. */
export function force<Work>(state: CommitState<Work>, io: CommitIo<Work>, record: LogRecord<Work>): void {
  state.log.push(record);
  if (state.syncing === 0) sync(state, io);
}

/** Writes a record that goes to the disk with the next one that must. */
export function note<Work>(state: CommitState<Work>, record: LogRecord<Work>): void {
  state.log.push(record);
}

/** A sync ended: the records that are durable now and were not before. What came meanwhile shares the next (group commit). */
export function settled<Work>(state: CommitState<Work>, io: CommitIo<Work>): readonly LogRecord<Work>[] {
  const fresh = state.log.slice(state.durable, state.syncing);
  state.durable = Math.max(state.durable, state.syncing);
  state.syncing = 0;
  if (state.log.length > state.durable) sync(state, io);
  return fresh;
}

function sync<Work>(state: CommitState<Work>, io: CommitIo<Work>): void {
  state.syncing = state.log.length;
  io.sync();
}

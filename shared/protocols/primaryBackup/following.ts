import type { ReplicaId } from "../protocol.ts";
import { commitUpTo } from "./committing.ts";
import { conflictHint, dropUninherited, lastIndex, mergeEntries, viewAt } from "./log.ts";
import { giveWord } from "./leases.ts";
import type { Append } from "./messages.ts";
import { persist, viewIsDurable } from "./persistence.ts";
import type { PrimaryBackupIo, PrimaryBackupState } from "./state.ts";
import { followView } from "./views.ts";

/** A primary's writes or heartbeat came. One of an earlier view is told of the later one. */
export function receiveAppend(state: PrimaryBackupState, io: PrimaryBackupIo, from: ReplicaId, message: Append): void {
  if (message.view > state.view) followView(state, io, message.view);
  if (message.view < state.view) {
    reject(state, io, from, 0);
    return;
  }
  state.heardRound = Math.max(state.heardRound, message.round);
  state.heardAtUs = io.clockUs();
  dropUninherited(state, message.inheritedIndex);
  if (viewAt(state, message.previousIndex) !== message.previousView) {
    reject(state, io, from, conflictHint(state, message.previousIndex));
    return;
  }
  giveWord(state, io, message.asOfUs);
  const added = mergeEntries(state, message.previousIndex, message.entries);
  state.verifiedIndex = Math.max(state.verifiedIndex, message.previousIndex + message.entries.length);
  commitUpTo(state, io, Math.min(message.committedIndex, state.verifiedIndex));
  if (state.committedIndex >= message.committedIndex) {
    state.asOfUs = Math.max(state.asOfUs, message.asOfUs);
    state.isCopying = false;
  }
  state.owesAnswer = true;
  if (added) persist(state, io);
  else answerAppends(state, io);
}

/** Tells the primary how far this log is durable and its own; once for all of its appends that wait for an answer. */
export function answerAppends(state: PrimaryBackupState, io: PrimaryBackupIo): void {
  if (state.primary === io.self || state.primary < 0 || !viewIsDurable(state)) return;
  const index = Math.min(state.saved.lastIndex, state.verifiedIndex, lastIndex(state));
  if (!state.owesAnswer && index <= state.toldIndex) return;
  const { view, heardRound, lease } = state;
  const { grantedAsOfUs } = lease;
  io.send(state.primary, { type: "appended", view, success: true, index, round: heardRound, grantedAsOfUs });
  state.owesAnswer = false;
  state.toldIndex = index;
}

function reject(state: PrimaryBackupState, io: PrimaryBackupIo, to: ReplicaId, index: number): void {
  const { view, heardRound } = state;
  io.send(to, { type: "appended", view, success: false, index, round: heardRound, grantedAsOfUs: -1 });
}

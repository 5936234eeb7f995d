import type { ReplicaId } from "../protocol.ts";
import { commitUpTo } from "./applying.ts";
import { conflictHint, matches, mergeEntries } from "./log.ts";
import { NOBODY, type AppendEntries } from "./messages.ts";
import { persist } from "./persistence.ts";
import { followLeader } from "./roles.ts";
import type { RaftIo, RaftState } from "./state.ts";

/** A leader's entries or heartbeat came. Source: figure 2, AppendEntries RPC, receiver implementation. */
export function receiveAppendEntries(state: RaftState, io: RaftIo, from: ReplicaId, message: AppendEntries): void {
  if (!followLeader(state, io, { from, term: message.term, round: message.round })) {
    answer(state, io, from, { success: false, index: 0 });
    return;
  }
  if (!matches(state, message.prevLogIndex, message.prevLogTerm)) {
    answer(state, io, from, { success: false, index: conflictHint(state, message.prevLogIndex) });
    return;
  }
  const added = mergeEntries(state, message.prevLogIndex, message.entries);
  state.verifiedIndex = Math.max(state.verifiedIndex, message.prevLogIndex + message.entries.length);
  commitUpTo(state, io, Math.min(message.leaderCommit, state.verifiedIndex));
  state.owesAnswer = true;
  if (added) persist(state, io);
  // What adds nothing (a heartbeat, a duplicate) is answered at once with what is durable already.
  else answerAppends(state, io);
}

/** Tells the leader how far this log is durable and its own; once for all of its appends that wait for an answer. */
export function answerAppends(state: RaftState, io: RaftIo): void {
  if (state.leader === NOBODY || state.saved.currentTerm !== state.currentTerm) return;
  const index = Math.min(state.saved.lastIndex, state.verifiedIndex);
  if (!state.owesAnswer && index <= state.toldIndex) return;
  answer(state, io, state.leader, { success: true, index });
  state.owesAnswer = false;
  state.toldIndex = index;
}

function answer(
  state: RaftState,
  io: RaftIo,
  to: ReplicaId,
  told: { readonly success: boolean; readonly index: number },
): void {
  io.send(to, {
    type: "appended",
    term: state.currentTerm,
    success: told.success,
    index: told.index,
    round: state.heardRound,
  });
}

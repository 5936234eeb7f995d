import { usOf } from "../../core/time.ts";
import { accepted, beat, ENTRIES_PER_APPEND, heard, isSilent, rejected, sent, windowOpen } from "../progress.ts";
import type { ReplicaId } from "../protocol.ts";
import { commitUpTo, releaseReads } from "./applying.ts";
import { isAddressed, isMajority, isMember, reachedByMembers } from "./configuration.ts";
import { sendSnapshot } from "./installing.ts";
import { noteRoundStart, renewLease } from "./lease.ts";
import { entriesAfter, lastIndex, termAt } from "./log.ts";
import { NOBODY, NO_ENTRIES, type Appended } from "./messages.ts";
import { becomeFollower } from "./roles.ts";
import { TIMER, type RaftIo, type RaftState } from "./state.ts";

/** Leader: sends what is new to every follower whose window is open; the others get it with their next answer. */
export function replicate(state: RaftState, io: RaftIo): void {
  const { progress } = state;
  beginRound(state, io);
  for (let follower = 0; follower < io.replicas; follower++) {
    if (follower === io.self || !isAddressed(state, follower)) continue;
    if (windowOpen(progress, follower)) sendAppendEntries(state, io, follower);
    else progress.owed[follower] = true;
  }
  if (state.members.length === 1) releaseReads(state, io);
}

/** Leader: the heartbeat goes to everybody, answered or not. Source: section 5.2. */
export function sendHeartbeats(state: RaftState, io: RaftIo): void {
  const { progress } = state;
  beginRound(state, io);
  for (let follower = 0; follower < io.replicas; follower++) {
    if (follower === io.self || !isAddressed(state, follower)) continue;
    beat(progress, follower);
    sendAppendEntries(state, io, follower);
  }
  io.setTimer(TIMER.heartbeat, usOf(state.config.heartbeatMs));
}

/** Leader: a follower answered. Source: figure 2, rules for leaders; section 5.3. */
export function receiveAppended(state: RaftState, io: RaftIo, from: ReplicaId, message: Appended): void {
  if (message.term > state.currentTerm) {
    becomeFollower(state, io, message.term, NOBODY);
    return;
  }
  if (state.role !== "leader" || message.term < state.currentTerm) return;
  const { progress } = state;
  state.heardSinceCheck[from] = true;
  heard(progress, from, message.round);
  renewLease(state);
  if (message.success) {
    accepted(progress, from, message.index);
    advanceCommitIndex(state, io);
    if (state.role !== "leader") return;
  } else if (rejected(progress, from, message.index)) {
    progress.owed[from] = true;
  }
  releaseReads(state, io);
  const behind = (progress.nextIndex[from] ?? 1) <= lastIndex(state);
  if ((behind || progress.owed[from]) && isAddressed(state, from) && windowOpen(progress, from)) {
    sendAppendEntries(state, io, from);
  }
}

/**
 * "If there exists an N such that N > commitIndex, a majority of matchIndex[i] ≥ N, and log[N].term == currentTerm: set
 * commitIndex = N." Entries of earlier terms are committed only along with one of this term. Source: section 5.4.2.
 */
export function advanceCommitIndex(state: RaftState, io: RaftIo): void {
  const index = reachedByMembers(state, state.progress.matchIndex);
  if (index <= state.commitIndex || termAt(state, index) !== state.currentTerm) return;
  const wasChanging = state.membersIndex > state.commitIndex;
  commitUpTo(state, io, index);
  // Followers answer reads at these settings: they should hear of the commit now, not with the next heartbeat.
  if (state.config.stop !== "linearizable" || state.config.reads === "follower") replicate(state, io);
  if (wasChanging && state.membersIndex <= index) finishChange(state, io);
}

/**
 * CheckQuorum: a leader that has not heard from a majority for an election timeout steps down, so that a leader cut off
 * from its quorum refuses instead of keeping clients waiting. Source: dissertation, section 6.2.
 */
export function checkQuorum(state: RaftState, io: RaftIo): void {
  state.heardSinceCheck[io.self] = true;
  const isReached = isMajority(state, state.heardSinceCheck);
  state.heardSinceCheck.fill(false);
  if (!isReached) becomeFollower(state, io, state.currentTerm, NOBODY);
  else io.setTimer(TIMER.checkQuorum, usOf(state.config.electionTimeoutMs));
}

/**
 * A change of membership is committed. "A leader that is removed from the configuration steps down once the Cnew entry
 * is committed"; until then it leads without counting itself. Source: section 6; dissertation, section 4.2.2.
 */
function finishChange(state: RaftState, io: RaftIo): void {
  // Who leaves should hear that it is out, or it goes on standing for election.
  if (state.leaving !== NOBODY) replicate(state, io);
  state.leaving = NOBODY;
  if (!isMember(state, io.self)) becomeFollower(state, io, state.currentTerm, NOBODY);
}

function beginRound(state: RaftState, io: RaftIo): void {
  const { progress } = state;
  progress.round += 1;
  progress.answeredRound[io.self] = progress.round;
  noteRoundStart(state, io);
}

function sendAppendEntries(state: RaftState, io: RaftIo, follower: ReplicaId): void {
  const { progress } = state;
  const prevLogIndex = (progress.nextIndex[follower] ?? 1) - 1;
  if (prevLogIndex < state.base.index) {
    sendSnapshot(state, io, follower);
    return;
  }
  state.outgoing[follower] = null;
  const empty = isSilent(progress, follower) || prevLogIndex >= lastIndex(state);
  const entries = empty ? NO_ENTRIES : entriesAfter(state, prevLogIndex, ENTRIES_PER_APPEND);
  io.send(follower, {
    type: "appendEntries",
    term: state.currentTerm,
    prevLogIndex,
    prevLogTerm: termAt(state, prevLogIndex),
    entries,
    leaderCommit: state.commitIndex,
    round: progress.round,
  });
  sent(progress, follower, entries.length);
}

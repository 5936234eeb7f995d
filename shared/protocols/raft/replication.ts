import { usOf } from "../../core/time.ts";
import { majority, reachedByQuorum } from "../majority.ts";
import { accepted, beat, ENTRIES_PER_APPEND, heard, isSilent, rejected, sent, windowOpen } from "../progress.ts";
import type { ReplicaId } from "../protocol.ts";
import { commitUpTo, releaseReads } from "./applying.ts";
import { lastIndex, termAt } from "./log.ts";
import { NOBODY, NO_ENTRIES, type Appended } from "./messages.ts";
import { becomeFollower } from "./roles.ts";
import { TIMER, type RaftIo, type RaftState } from "./state.ts";

/** Leader: sends what is new to every follower whose window is open; the others get it with their next answer. */
export function replicate(state: RaftState, io: RaftIo): void {
  const { progress } = state;
  progress.round += 1;
  progress.answeredRound[io.self] = progress.round;
  for (let follower = 0; follower < io.replicas; follower++) {
    if (follower === io.self) continue;
    if (windowOpen(progress, follower)) sendAppendEntries(state, io, follower);
    else progress.owed[follower] = true;
  }
  if (io.replicas === 1) releaseReads(state, io);
}

/** Leader: the heartbeat goes to everybody, answered or not. Source: section 5.2. */
export function sendHeartbeats(state: RaftState, io: RaftIo): void {
  const { progress } = state;
  progress.round += 1;
  progress.answeredRound[io.self] = progress.round;
  for (let follower = 0; follower < io.replicas; follower++) {
    if (follower === io.self) continue;
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
  if (message.success) {
    accepted(progress, from, message.index);
    advanceCommitIndex(state, io);
  } else if (rejected(progress, from, message.index)) {
    progress.owed[from] = true;
  }
  releaseReads(state, io);
  const behind = (progress.nextIndex[from] ?? 1) <= lastIndex(state);
  if ((behind || progress.owed[from]) && windowOpen(progress, from)) sendAppendEntries(state, io, from);
}

/**
 * "If there exists an N such that N > commitIndex, a majority of matchIndex[i] ≥ N, and log[N].term == currentTerm: set
 * commitIndex = N." Entries of earlier terms are committed only along with one of this term. Source: section 5.4.2.
 */
export function advanceCommitIndex(state: RaftState, io: RaftIo): void {
  const index = reachedByQuorum(state.progress.matchIndex, majority(io.replicas));
  if (index <= state.commitIndex || termAt(state, index) !== state.currentTerm) return;
  commitUpTo(state, io, index);
  // Followers answer reads at these stops: they should hear of the commit now, not with the next heartbeat.
  if (state.config.stop !== "linearizable") replicate(state, io);
}

/**
 * CheckQuorum: a leader that has not heard from a majority for an election timeout steps down, so that a leader cut off
 * from its quorum refuses instead of keeping clients waiting. Source: dissertation, section 6.2.
 */
export function checkQuorum(state: RaftState, io: RaftIo): void {
  let reached = 1;
  for (let follower = 0; follower < io.replicas; follower++) {
    if (follower !== io.self && state.heardSinceCheck[follower]) reached += 1;
    state.heardSinceCheck[follower] = false;
  }
  if (reached < majority(io.replicas)) becomeFollower(state, io, state.currentTerm, NOBODY);
  else io.setTimer(TIMER.checkQuorum, usOf(state.config.electionTimeoutMs));
}

function sendAppendEntries(state: RaftState, io: RaftIo, follower: ReplicaId): void {
  const { progress } = state;
  const prevLogIndex = (progress.nextIndex[follower] ?? 1) - 1;
  const empty = isSilent(progress, follower) || prevLogIndex >= lastIndex(state);
  const entries = empty ? NO_ENTRIES : state.log.slice(prevLogIndex, prevLogIndex + ENTRIES_PER_APPEND);
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

import type { ReplicaId } from "../protocol.ts";
import { isMajority, isMember, mayStand } from "./configuration.ts";
import { isElectable, startElection } from "./elections.ts";
import { isUpToDate, lastIndex, termAt } from "./log.ts";
import { NOBODY, type PreVote, type RequestPreVote } from "./messages.ts";
import { becomeFollower, believesInLeader, forgetLeader, resetElectionTimer } from "./roles.ts";
import type { RaftIo, RaftState } from "./state.ts";

/**
 * The election timer ran out and `preVote` is set: asks whether a majority would vote for this replica, before it begins
 * a term. A replica that can't win, because it is cut off or its log is old, so never raises terms that would depose a
 * leader once it is heard again. Source: dissertation, section 9.6.
 */
export function askPreVotes(state: RaftState, io: RaftIo): void {
  resetElectionTimer(state, io);
  if (!isElectable(state) || !mayStand(state)) return;
  forgetLeader(state);
  state.preVotes = new Array<boolean>(io.replicas).fill(false);
  const lastLogIndex = lastIndex(state);
  const lastLogTerm = termAt(state, lastLogIndex);
  for (let replica = 0; replica < io.replicas; replica++) {
    if (replica === io.self || !isMember(state, replica)) continue;
    io.send(replica, { type: "requestPreVote", term: state.currentTerm + 1, lastLogIndex, lastLogTerm });
  }
  countPreVote(state, io, io.self);
}

/** Somebody asks before it stands. The answer promises nothing and changes nothing here. */
export function receiveRequestPreVote(state: RaftState, io: RaftIo, from: ReplicaId, message: RequestPreVote): void {
  const voteGranted =
    message.term > state.currentTerm &&
    !believesInLeader(state, io) &&
    isElectable(state) &&
    isUpToDate(state, message.lastLogTerm, message.lastLogIndex);
  io.send(from, { type: "preVote", term: voteGranted ? message.term : state.currentTerm, voteGranted });
}

/** An answer came: with a majority of yes the election begins; a no may come from a newer term. */
export function receivePreVote(state: RaftState, io: RaftIo, from: ReplicaId, message: PreVote): void {
  if (!message.voteGranted) {
    if (message.term > state.currentTerm) becomeFollower(state, io, message.term, NOBODY);
    return;
  }
  if (message.term === state.currentTerm + 1) countPreVote(state, io, from);
}

function countPreVote(state: RaftState, io: RaftIo, from: ReplicaId): void {
  if (state.preVotes === null) return;
  state.preVotes[from] = true;
  if (isMajority(state, state.preVotes)) startElection(state, io, false);
}

import { usOf } from "../../core/time.ts";
import { drainFifo } from "../fifo.ts";
import { createProgress } from "../progress.ts";
import type { ReplicaId } from "../protocol.ts";
import { isMajority, isMember, mayStand } from "./configuration.ts";
import { appendEntry, isUpToDate, lastIndex, termAt } from "./log.ts";
import { NOBODY, type RequestVote, type Vote } from "./messages.ts";
import { persist, voteIsDurable } from "./persistence.ts";
import { sendHeartbeats } from "./replication.ts";
import { becomeFollower, believesInLeader, forgetLeader, resetElectionTimer } from "./roles.ts";
import { TIMER, type RaftIo, type RaftState } from "./state.ts";

/**
 * The election timer ran out: "a follower increments its current term and transitions to candidate state. It then votes
 * for itself". It asks the others once that vote is durable, or a crash could let it vote twice. Source: section 5.2.
 */
export function startElection(state: RaftState, io: RaftIo, isTransfer: boolean): void {
  resetElectionTimer(state, io);
  if (!isElectable(state) || !mayStand(state)) return;
  state.role = "candidate";
  state.currentTerm += 1;
  state.votedFor = io.self;
  forgetLeader(state);
  state.preVotes = null;
  state.voteToTell = false;
  state.voteToAsk = true;
  state.isTransfer = isTransfer;
  state.votes = new Array<boolean>(io.replicas).fill(false);
  persist(state, io);
}

/** Candidate: its own vote is durable now, so it counts, and the others are asked. */
export function requestVotes(state: RaftState, io: RaftIo): void {
  if (!state.voteToAsk || !voteIsDurable(state)) return;
  state.voteToAsk = false;
  const { currentTerm: term, isTransfer } = state;
  const lastLogIndex = lastIndex(state);
  const lastLogTerm = termAt(state, lastLogIndex);
  for (let replica = 0; replica < io.replicas; replica++) {
    if (replica === io.self || !isMember(state, replica)) continue;
    io.send(replica, { type: "requestVote", term, lastLogIndex, lastLogTerm, isTransfer });
  }
  countVote(state, io, io.self);
}

/**
 * Somebody stands for election. A vote goes to one candidate a term, first come first served, and only to one whose log
 * is at least as up-to-date as this one; it is told once it is durable. Whether the candidate is a member by this log is
 * not asked: the log may be behind. Source: sections 5.2, 5.4.1 and 6.
 */
export function receiveRequestVote(state: RaftState, io: RaftIo, from: ReplicaId, message: RequestVote): void {
  if (!message.isTransfer && believesInLeader(state, io)) return;
  if (message.term > state.currentTerm) becomeFollower(state, io, message.term, NOBODY);
  const free = state.votedFor === NOBODY || state.votedFor === from;
  const grant =
    message.term === state.currentTerm &&
    free &&
    isElectable(state) &&
    isUpToDate(state, message.lastLogTerm, message.lastLogIndex);
  if (!grant) {
    io.send(from, { type: "vote", term: state.currentTerm, voteGranted: false });
    return;
  }
  state.votedFor = from;
  state.voteToTell = true;
  resetElectionTimer(state, io);
  if (voteIsDurable(state)) tellVote(state, io);
  else persist(state, io);
}

/** Follower: the vote it gave is durable now, so the candidate may count it. */
export function tellVote(state: RaftState, io: RaftIo): void {
  if (!state.voteToTell || !voteIsDurable(state)) return;
  state.voteToTell = false;
  io.send(state.votedFor, { type: "vote", term: state.currentTerm, voteGranted: true });
}

/** Candidate: an answer to its request came. */
export function receiveVote(state: RaftState, io: RaftIo, from: ReplicaId, message: Vote): void {
  if (message.term > state.currentTerm) becomeFollower(state, io, message.term, NOBODY);
  if (state.role !== "candidate" || message.term < state.currentTerm || !message.voteGranted) return;
  countVote(state, io, from);
}

/** False for a replica that lost its disk and has not caught up: it no longer knows what it promised. */
export function isElectable(state: RaftState): boolean {
  return state.whereabouts === null && state.saved.lastIndex >= state.electableFrom;
}

function countVote(state: RaftState, io: RaftIo, from: ReplicaId): void {
  state.votes[from] = true;
  if (isMajority(state, state.votes)) becomeLeader(state, io);
}

/**
 * "Once a candidate wins an election, it becomes leader. It then sends heartbeat messages to all". It begins its term
 * with a no-op, which commits all that came before it. Source: sections 5.2 and 8.
 */
function becomeLeader(state: RaftState, io: RaftIo): void {
  state.role = "leader";
  state.leader = io.self;
  io.cancelTimer(TIMER.election);
  state.progress = createProgress(io.replicas, lastIndex(state));
  state.progress.matchIndex[io.self] = state.saved.lastIndex;
  state.heardSinceCheck.fill(false);
  state.outgoing.fill(null);
  state.incoming = null;
  state.joining = null;
  state.leaving = NOBODY;
  state.transferTo = NOBODY;
  state.transferAsked = false;
  drainFifo(state.roundStarts);
  state.leaseStartUs = null;
  state.termStartIndex = appendEntry(state, { term: state.currentTerm, command: null });
  persist(state, io);
  sendHeartbeats(state, io);
  io.setTimer(TIMER.checkQuorum, usOf(state.config.electionTimeoutMs));
}

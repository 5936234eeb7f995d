import { usOf } from "../../core/time.ts";
import { drainFifo } from "../fifo.ts";
import type { ReplicaId } from "../protocol.ts";
import { broken } from "../../core/invariant.ts";
import { persist } from "./persistence.ts";
import { TIMER, type RaftIo, type RaftState } from "./state.ts";
import { NOBODY } from "./messages.ts";

/**
 * Converts to follower, of a newer term or of the same one. A leader that steps down refuses the reads it still holds,
 * and never answers its writes: the next leader may yet commit them. Source: figure 2, rules for all servers.
 */
export function becomeFollower(state: RaftState, io: RaftIo, term: number, leader: ReplicaId): void {
  const led = state.role === "leader";
  if (term > state.currentTerm) {
    state.currentTerm = term;
    state.votedFor = NOBODY;
    forgetLeader(state);
    persist(state, io);
  }
  state.role = "follower";
  state.leader = leader;
  state.voteToTell = false;
  state.voteToAsk = false;
  state.preVotes = null;
  if (!led) return;
  io.cancelTimer(TIMER.heartbeat);
  io.cancelTimer(TIMER.checkQuorum);
  io.cancelTimer(TIMER.transfer);
  for (const { asker, request } of drainFifo(state.reads)) {
    if (asker === io.self) io.answer(request, { outcome: "refused", reason: "steppedDown" });
  }
  drainFifo(state.writes);
  resetElectionTimer(state, io);
}

/**
 * A message of a leader came. False when it is of an older term; else this replica follows its sender.
 * Source: sections 5.1 and 5.2.
 */
export function followLeader(
  state: RaftState,
  io: RaftIo,
  { from, term, round }: { readonly from: ReplicaId; readonly term: number; readonly round: number },
): boolean {
  if (term < state.currentTerm) return false;
  if (term > state.currentTerm || state.role === "candidate") becomeFollower(state, io, term, from);
  if (state.role !== "follower") broken(`raft: two leaders in term ${term}`);
  state.leader = from;
  state.heardAtUs = io.clockUs();
  state.heardRound = Math.max(state.heardRound, round);
  state.preVotes = null;
  resetElectionTimer(state, io);
  return true;
}

/**
 * "If a server receives a RequestVote request within the minimum election timeout of hearing from a current leader, it
 * does not update its term or grant its vote": so that replicas that were taken out, or cut off, depose nobody, and a
 * leader may rely on it for its lease. A clock that was set back ends it. Source: section 6; dissertation, section 4.2.3.
 * Differs: requests for votes are disregarded for a leader's sake only with pre-vote, with leases, and while some replica
 * is no member. Else a replica that was cut off deposes the leader on its return, as in section 5.
 */
export function believesInLeader(state: RaftState, io: RaftIo): boolean {
  const { preVote, reads } = state.config;
  if (!preVote && reads !== "lease" && state.members.length === io.replicas) return false;
  if (state.role === "leader") return true;
  if (state.role === "candidate" || state.heardAtUs === null) return false;
  const silentUs = io.clockUs() - state.heardAtUs;
  return silentUs >= 0 && silentUs < usOf(state.config.electionTimeoutMs);
}

/** What a follower knew of the leader of an earlier term says nothing about the next. */
export function forgetLeader(state: RaftState): void {
  state.leader = NOBODY;
  state.verifiedIndex = 0;
  state.toldIndex = 0;
  state.heardRound = 0;
  state.owesAnswer = false;
}

/** A silence of one to two election timeouts, drawn anew each time, so that votes rarely split. Source: section 5.2. */
export function resetElectionTimer(state: RaftState, io: RaftIo): void {
  const timeoutUs = usOf(state.config.electionTimeoutMs);
  io.setTimer(TIMER.election, timeoutUs + Math.floor(io.random() * timeoutUs));
}

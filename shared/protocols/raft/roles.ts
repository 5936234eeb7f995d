import { usOf } from "../../core/time.ts";
import { drainFifo } from "../fifo.ts";
import type { ReplicaId } from "../protocol.ts";
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
  if (!led) return;
  io.cancelTimer(TIMER.heartbeat);
  io.cancelTimer(TIMER.checkQuorum);
  for (const read of drainFifo(state.reads)) io.answer(read.request, { outcome: "refused", reason: "steppedDown" });
  drainFifo(state.writes);
  resetElectionTimer(state, io);
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

import { usOf } from "../../core/time.ts";
import type { Command, Protocol, ReplicaId, ReplicaStatus, ReplicationConfig } from "../protocol.ts";
import { advanceCommitIndex, checkQuorum, receiveAppended, sendHeartbeats } from "./replication.ts";
import { answerAppends, receiveAppendEntries } from "./following.ts";
import { askWhereabouts, receiveDiskLost, receiveWhereabouts } from "./diskLoss.ts";
import { commitUpTo } from "./applying.ts";
import { receiveRequestVote, receiveVote, requestVotes, startElection, tellVote } from "./elections.ts";
import { becomeFollower, resetElectionTimer } from "./roles.ts";
import { NOBODY, type RaftMessage } from "./messages.ts";
import { predictRaft } from "./prediction.ts";
import { receiveRequest, sweepReads } from "./requests.ts";
import { copyStable, finishSaving } from "./persistence.ts";
import { createState, TIMER, type RaftIo, type RaftState } from "./state.ts";

/**
 * Raft: the replicas elect a leader, the leader orders the writes in a log, and an entry that a majority has on disk is
 * committed for good. Without membership change, log compaction and pre-vote.
 * Source: Ongaro & Ousterhout 2014, "In search of an understandable consensus algorithm"; Ongaro 2014 (dissertation).
 */
export const raft: Protocol<RaftState, RaftMessage> = {
  name: "raft",
  about: "Replicas elect a leader by majority; a write counts once a majority has it on disk, whoever fails then.",
  source: "Ongaro & Ousterhout 2014, In search of an understandable consensus algorithm, figure 2 and sections 5 and 8",
  ordered: true,
  stops: ["eventual", "session", "linearizable"],

  /** The replica `config.primary` stands for election at once, so that a level says who leads when it begins. */
  start(io, config) {
    const state = createState(io.replicas, config);
    if (io.self === config.primary) io.setTimer(TIMER.election, usOf(config.heartbeatMs));
    else resetElectionTimer(state, io);
    return state;
  },

  recover(state, io, diskLost) {
    const restarted = createState(io.replicas, state.config);
    restarted.whereabouts = diskLost ? new Array<number | null>(io.replicas).fill(null) : state.whereabouts;
    restarted.electableFrom = diskLost ? 0 : state.electableFrom;
    if (!diskLost) restore(state, restarted, io);
    if (restarted.whereabouts === null) resetElectionTimer(restarted, io);
    else askWhereabouts(restarted, io);
    return restarted;
  },

  receive(state, io, from, message) {
    if (message.type === "whereabouts") receiveWhereabouts(state, io, from, message);
    if (state.whereabouts !== null) return;
    switch (message.type) {
      case "appendEntries":
        return receiveAppendEntries(state, io, from, message);
      case "appended":
        return receiveAppended(state, io, from, message);
      case "requestVote":
        return receiveRequestVote(state, io, from, message);
      case "vote":
        return receiveVote(state, io, from, message);
      case "diskLost":
        return receiveDiskLost(state, io, from);
    }
  },

  /** The role is asked again: on a machine that was paused, a timer may ring after it was cancelled. */
  timer(state, io, name) {
    const leads = state.role === "leader";
    if (name === TIMER.sweep) sweepReads(state, io);
    else if (name === TIMER.askWhereabouts) askWhereabouts(state, io);
    else if (name === TIMER.election && !leads) startElection(state, io);
    else if (name === TIMER.heartbeat && leads) sendHeartbeats(state, io);
    else if (name === TIMER.checkQuorum && leads) checkQuorum(state, io);
  },

  synced(state, io) {
    finishSaving(state, io);
    if (state.role === "follower") {
      tellVote(state, io);
      answerAppends(state, io);
    } else if (state.role === "candidate") {
      requestVotes(state, io);
    } else {
      state.progress.matchIndex[io.self] = state.saved.lastIndex;
      advanceCommitIndex(state, io);
    }
  },

  request: receiveRequest,

  configure(state, _io, config: ReplicationConfig) {
    state.config = config;
  },

  command(state, io, command: Command) {
    if (command.type !== "stepDown") return false;
    if (state.role !== "leader") return true;
    becomeFollower(state, io, state.currentTerm, NOBODY);
    // Stands back for a while, so that another is elected.
    io.setTimer(TIMER.election, usOf(3 * state.config.electionTimeoutMs));
    return true;
  },

  status(state): ReplicaStatus {
    const { role, currentTerm, registers, leader } = state;
    const follows: ReplicaId = role === "follower" ? leader : NOBODY;
    return { role, term: currentTerm, position: registers.appliedIndex, follows };
  },

  payload(message) {
    return message.type === "appendEntries" ? message.entries.length : 0;
  },

  predict: predictRaft,
};

/** Reads back what the disk holds: term, vote, log, and what had been applied. */
function restore(old: RaftState, restarted: RaftState, io: RaftIo): void {
  copyStable(old.saved, restarted.saved);
  restarted.currentTerm = old.saved.currentTerm;
  restarted.votedFor = old.saved.votedFor;
  restarted.log = old.log.slice(0, old.saved.lastIndex);
  commitUpTo(restarted, io, restarted.saved.commitIndex);
}

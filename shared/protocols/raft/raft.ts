import { usOf } from "../../core/time.ts";
import type { Command } from "../command.ts";
import type { Protocol, ReplicaId, ReplicaStatus, ReplicationConfig } from "../protocol.ts";
import { advanceCommitIndex, checkQuorum, receiveAppended, sendHeartbeats } from "./replication.ts";
import { answerAppends, receiveAppendEntries } from "./following.ts";
import { addReplica, checkJoining, continueCatchUp, removeReplica } from "./membership.ts";
import { receiveInstallSnapshot, receiveSnapshotReceived } from "./installing.ts";
import { askPreVotes, receivePreVote, receiveRequestPreVote } from "./preVote.ts";
import { receiveReadIndex, receiveReadIndexAnswer } from "./reads.ts";
import { abortTransfer, beginTransfer, continueTransfer, receiveTimeoutNow } from "./transfer.ts";
import { isMember, reviewConfiguration } from "./configuration.ts";
import { restoreSnapshot } from "./snapshots.ts";
import { askWhereabouts, receiveDiskLost, receiveWhereabouts } from "./diskLoss.ts";
import { commitUpTo } from "./applying.ts";
import { receiveRequestVote, receiveVote, requestVotes, startElection, tellVote } from "./elections.ts";
import { becomeFollower, resetElectionTimer } from "./roles.ts";
import { NOBODY, type RaftMessage } from "./messages.ts";
import { predictRaft } from "./prediction.ts";
import { giveUpReads, receiveRequest } from "./requests.ts";
import { copyStable, finishSaving } from "./persistence.ts";
import { createState, TIMER, type RaftIo, type RaftState } from "./state.ts";
import { raftTelling } from "./telling.ts";

/**
 * Raft: the replicas elect a leader, the leader orders the writes in a log, and an entry that a majority has on disk is
 * committed for good. With snapshots, changes of membership one replica at a time, pre-vote, transfer of leadership, and
 * reads by read index, by lease, or at followers.
 * Source: Ongaro & Ousterhout 2014, "In search of an understandable consensus algorithm"; Ongaro 2014 (dissertation).
 */
export const raft: Protocol<RaftState, RaftMessage> = {
  name: "raft",
  about: "Replicas elect a leader by majority; a write counts once a majority has it on disk, whoever fails then.",
  source:
    "Ongaro & Ousterhout 2014, In search of an understandable consensus algorithm, sections 5 to 8; Ongaro 2014 (dissertation)",
  ordered: true,
  stops: ["eventual", "session", "causal", "linearizable"],

  /** The replica `config.primary` stands for election at once, so that a level says who leads when it begins. */
  start(io, config) {
    const state = createState(io, config);
    if (io.self === config.primary) io.setTimer(TIMER.election, usOf(config.heartbeatMs));
    else resetElectionTimer(state, io);
    return state;
  },

  recover(state, io, diskLost) {
    const restarted = createState(io, state.config);
    const unknown = { terms: new Array<number | null>(io.replicas).fill(null), members: null };
    restarted.whereabouts = diskLost ? unknown : state.whereabouts;
    restarted.electableFrom = diskLost ? 0 : state.electableFrom;
    if (!diskLost) restore(state, restarted, io);
    // It may have answered a leader just before: that leader's lease counts on it.
    if (state.config.reads === "lease") restarted.heardAtUs = io.clockUs();
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
        receiveAppended(state, io, from, message);
        if (state.role === "leader") continueCatchUp(state, io, from);
        if (state.role === "leader") continueTransfer(state, io);
        return;
      case "installSnapshot":
        return receiveInstallSnapshot(state, io, from, message);
      case "snapshotReceived":
        return receiveSnapshotReceived(state, io, from, message);
      case "requestPreVote":
        return receiveRequestPreVote(state, io, from, message);
      case "preVote":
        return receivePreVote(state, io, from, message);
      case "timeoutNow":
        return receiveTimeoutNow(state, io, message);
      case "readIndex":
        return receiveReadIndex(state, io, from, message);
      case "readIndexAnswer":
        return receiveReadIndexAnswer(state, io, message);
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
    if (name === TIMER.sweep) giveUpReads(state, io);
    else if (name === TIMER.askWhereabouts) askWhereabouts(state, io);
    else if (name === TIMER.election && !leads) electionTimedOut(state, io);
    else if (name === TIMER.heartbeat && leads) sendHeartbeats(state, io);
    else if (name === TIMER.transfer && leads) abortTransfer(state);
    else if (name === TIMER.checkQuorum && leads) {
      checkJoining(state);
      checkQuorum(state, io);
    }
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
    switch (command.type) {
      case "stepDown":
        stepDown(state, io);
        return true;
      case "transfer":
        return beginTransfer(state, io, command.to);
      case "addReplica":
        return addReplica(state, io, command.replica);
      case "removeReplica":
        return removeReplica(state, io, command.replica);
      default:
        return false;
    }
  },

  status(state): ReplicaStatus {
    const { role, currentTerm: term, registers, leader } = state;
    const follows: ReplicaId = role === "follower" ? leader : NOBODY;
    const isOutside = role === "follower" && !isMember(state, state.self);
    return { role: isOutside ? "learner" : role, term, position: registers.appliedIndex, follows };
  },

  registers(state) {
    return state.registers;
  },

  telling: raftTelling,

  payload(message) {
    if (message.type === "installSnapshot") return message.rows;
    return message.type === "appendEntries" ? message.entries.length : 0;
  },

  predict: predictRaft,
};

function electionTimedOut(state: RaftState, io: RaftIo): void {
  if (state.config.preVote) askPreVotes(state, io);
  else startElection(state, io, false);
}

/** A leader told to step down stands back for a while, so that another is elected. */
function stepDown(state: RaftState, io: RaftIo): void {
  if (state.role !== "leader") return;
  becomeFollower(state, io, state.currentTerm, NOBODY);
  io.setTimer(TIMER.election, usOf(3 * state.config.electionTimeoutMs));
}

/** Reads back what the disk holds: term, vote, snapshot, the log after it, and what had been applied. */
function restore(old: RaftState, restarted: RaftState, io: RaftIo): void {
  copyStable(old.saved, restarted.saved);
  restarted.currentTerm = old.saved.currentTerm;
  restarted.votedFor = old.saved.votedFor;
  restarted.base = old.base;
  restarted.log = old.log.slice(0, old.saved.lastIndex - old.base.index);
  reviewConfiguration(restarted);
  if (old.saved.snapshot !== null) restoreSnapshot(restarted, old.saved.snapshot);
  commitUpTo(restarted, io, restarted.saved.commitIndex);
}

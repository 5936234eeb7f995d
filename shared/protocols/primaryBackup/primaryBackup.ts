import { usOf } from "../../core/time.ts";
import type { Protocol, ReplicaStatus } from "../protocol.ts";
import { degrade } from "./acknowledging.ts";
import { answerAppends, receiveAppend } from "./following.ts";
import { applyAnew } from "./log.ts";
import type { PrimaryBackupMessage } from "./messages.ts";
import { keepQuiet, keepWord } from "./leases.ts";
import { copyStable, finishSaving } from "./persistence.ts";
import { predictPrimaryBackup } from "./prediction.ts";
import { advanceCommittedIndex, receiveAppended, replicate, sendHeartbeats } from "./replication.ts";
import { receiveRequest, sweepReads } from "./requests.ts";
import { createState, primaryOf, TIMER, type PrimaryBackupState } from "./state.ts";
import { promote, setMembers, stepDown } from "./views.ts";
import { primaryBackupTelling } from "./telling.ts";

/**
 * One primary orders the writes and streams its log to the backups; operators, not the replicas, decide who is primary.
 * Mode async acknowledges a write that is durable at the primary, mode sync one that is durable on every member, mode
 * semiSync one that some backup has as well, before anybody can read it, until no backup answers in time: then it goes
 * on as in mode async. A lease (`leaseMs`) keeps a primary from serving that may have been replaced; fencing tokens, here
 * view numbers that disks check, keep its writes from counting even when clocks betray the lease.
 * Differs: `linearizable` in mode async holds only while one primary serves; while two do (one promoted, the other cut
 * off) both acknowledge writes, and those of the older view are lost when it hears of the later one. In mode sync it
 * holds as long as operators keep one membership, which PacificA leaves to a configuration manager that agrees by Paxos.
 */
export const primaryBackup: Protocol<PrimaryBackupState, PrimaryBackupMessage> = {
  name: "primaryBackup",
  about: "One primary orders all writes and streams them to its backups; operators decide who is primary.",
  source:
    "Alsberg & Day 1976, A principle for resilient sharing of distributed resources; Lin et al. 2008, PacificA, section 2; " +
    "Liskov & Cowling 2012, Viewstamped replication revisited, section 4; MySQL 8.4 reference manual, section 19.4.10 " +
    "(semisynchronous replication, after sync); Gray & Cheriton 1989, Leases; Kleppmann 2016, How to do distributed locking",
  simplified: [
    "Operators, not the replicas, decide who is primary, and nothing is gathered from the others first.",
    "View and members outlive disks, since operators know them.",
    "In mode sync a write waits as long as a member is away, until an operator fences that member.",
    "At boundedStaleness the bound is counted from what the primary says, so it holds while nobody replaces the primary: " +
      "one that was replaced and has not heard of it takes itself, and the backups that still hear it, to be up to date.",
    "In mode semiSync the time allowed is counted from the last acknowledgement, not for each write.",
    "Logs are kept whole.",
  ],
  ordered: true,
  stops: ["eventual", "session", "causal", "boundedStaleness", "linearizable"],

  start(io, config) {
    const state = createState(io, config);
    if (state.leading) io.setTimer(TIMER.heartbeat, config.leaseMs > 0 ? 0 : usOf(config.heartbeatMs));
    return state;
  },

  /**
   * A primary that restarts with its disk leads on. One that lost its disk does not: its empty log would overwrite the
   * backups'. Simplified: the view number outlives the disk, since operators know it (PacificA's configuration manager).
   */
  recover(state, io, diskLost) {
    const restarted = createState(io, state.config);
    restarted.members = state.members;
    restarted.view = diskLost ? state.view : state.saved.view;
    restarted.leading = !diskLost && state.saved.leading;
    const leader = primaryOf(restarted.view, io);
    restarted.primary = leader === io.self && !restarted.leading ? -1 : leader;
    restarted.isCopying = diskLost || state.isCopying;
    if (!diskLost) copyStable(state.saved, restarted.saved);
    restarted.saved.view = restarted.view;
    restarted.saved.leading = restarted.leading;
    restarted.log = state.log.slice(0, restarted.saved.lastIndex);
    restarted.committedIndex = restarted.saved.committedIndex;
    applyAnew(restarted);
    keepWord(restarted, io);
    if (!restarted.leading) return restarted;
    keepQuiet(restarted, io);
    restarted.inheritedIndex = restarted.log.length;
    // Answers to rounds from before the crash may still be under way: they confirm nothing that is asked from now on.
    restarted.progress.round = Math.max(0, io.clockUs());
    restarted.progress.nextIndex.fill(restarted.log.length + 1);
    advanceCommittedIndex(restarted, io);
    io.setTimer(TIMER.heartbeat, usOf(state.config.heartbeatMs));
    return restarted;
  },

  receive(state, io, from, message) {
    if (message.type === "append") receiveAppend(state, io, from, message);
    else receiveAppended(state, io, from, message);
  },

  timer(state, io, name) {
    if (name === TIMER.sweep) sweepReads(state, io);
    if (!state.leading) return;
    if (name === TIMER.heartbeat) sendHeartbeats(state, io);
    if (name === TIMER.degrade) {
      degrade(state);
      advanceCommittedIndex(state, io);
    }
  },

  synced(state, io) {
    finishSaving(state, io);
    if (!state.leading) {
      answerAppends(state, io);
      return;
    }
    advanceCommittedIndex(state, io);
    replicate(state, io);
  },

  request: receiveRequest,

  configure(state, io, config) {
    state.config = config;
    if (state.leading) advanceCommittedIndex(state, io);
  },

  command(state, io, command) {
    if (command.type === "stepDown") stepDown(state, io);
    else if (command.type !== "promote" && command.type !== "members") return false;
    else if (state.leading) {
      setMembers(state, io, command.members);
      advanceCommittedIndex(state, io);
    } else if (command.type === "promote") promote(state, io, command.members);
    return true;
  },

  status(state): ReplicaStatus {
    const { leading, primary, view, registers } = state;
    const position = registers.appliedIndex;
    if (leading) return { role: "primary", term: view, position, follows: -1 };
    return { role: "backup", term: view, position, follows: primary };
  },

  registers(state) {
    return state.registers;
  },

  telling: primaryBackupTelling,

  payload(message) {
    return message.type === "append" ? message.entries.length : 0;
  },

  predict: predictPrimaryBackup,
};

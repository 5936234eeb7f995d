import { usOf } from "../../core/time.ts";
import { changeMembership } from "../membership.ts";
import type { Protocol, ReplicaId, ReplicaStatus } from "../protocol.ts";
import { announce, commitAsTail, receiveAcknowledged, receiveQuery, receiveVersion } from "./committing.ts";
import { answerPredecessor, receiveForward, takeOver } from "./following.ts";
import { beatSuccessor, forward, receiveForwarded, tellHandOver } from "./forwarding.ts";
import { applyAnew } from "./history.ts";
import type { ChainMessage } from "./messages.ts";
import { copyStable, finishSaving } from "./persistence.ts";
import { isEstablished, isTail, predecessorOf, roleOf } from "./places.ts";
import { predictChain } from "./prediction.ts";
import { beginAnew, join, meetSuccessor, reconfigure } from "./reconfiguring.ts";
import { receiveRequest, sweepReads } from "./requests.ts";
import { createState, TIMER, type ChainIo, type ChainState } from "./state.ts";
import { chainTelling } from "./telling.ts";

/**
 * Replicas in a row: the head orders the writes, each passes them to the next once they are on its disk, and what has
 * reached the tail counts. So every replica has at least what those after it have (the Update Propagation Invariant),
 * and reads can be had from any: clean ones at once, dirty ones after a question to the tail.
 * Nothing happens by itself: a replica that is down stops all writes until operators fence it; let back in, it joins
 * behind the tail. A head that lost its disk must be fenced and let in again; others catch up in their place. As long
 * as one replica stays that has everything, nothing acknowledged is lost; without one, the chain serves no more until its
 * head is promoted, which means to begin anew from what it has.
 * Simplified: histories are kept whole, so a replica that joins is sent everything; the master's word reaches all who
 * are up at once, and outlives disks.
 */
export const chain: Protocol<ChainState, ChainMessage> = {
  name: "chain",
  about: "Replicas in a row: writes go in at the head and count at the tail; any replica reads; operators mend the chain.",
  source:
    "van Renesse & Schneider 2004, Chain replication for supporting high throughput and availability, sections 2 and 3; " +
    "Terrace & Freedman 2009, Object storage on CRAQ, sections 2.3, 2.4 and 4.2",
  simplified: [
    "Operators are the master that mends the chain: nothing happens until somebody fences a node.",
    "The master's word reaches all who are up at once, and outlives disks.",
    "The head answers the client, when the tail has told it, and not the tail itself.",
    "Histories are kept whole, so a replica that joins is sent everything.",
  ],
  ordered: true,
  stops: ["eventual", "session", "causal", "boundedStaleness", "linearizable"],

  start(io, config) {
    io.setTimer(TIMER.heartbeat, usOf(config.heartbeatMs));
    return createState(io, config);
  },

  recover(state, io, diskLost) {
    const restarted = createState(io, state.config);
    restarted.membership = state.membership;
    restarted.tail = state.membership.members.at(-1) ?? -1;
    if (diskLost) restarted.saved.establishedIn = -1;
    else copyStable(state.saved, restarted.saved);
    const { saved } = restarted;
    restarted.history = diskLost ? [] : state.history.slice(0, saved.lastIndex);
    restarted.committedIndex = saved.committedIndex;
    restarted.lineage = saved.lineage;
    restarted.establishedIn = saved.establishedIn;
    restarted.stampUs = saved.stampUs;
    applyAnew(restarted);
    rejoin(restarted, io);
    io.setTimer(TIMER.heartbeat, usOf(state.config.heartbeatMs));
    commitAsTail(restarted, io);
    return restarted;
  },

  receive(state, io, from, message) {
    if (message.configuration === state.membership.configuration) hear(state, io, from, message);
  },

  timer(state, io, name) {
    if (name === TIMER.sweep) sweepReads(state, io);
    if (name !== TIMER.heartbeat) return;
    io.setTimer(TIMER.heartbeat, usOf(state.config.heartbeatMs));
    beatSuccessor(state, io);
    if (isTail(state, io)) announce(state, io);
  },

  synced(state, io) {
    const { handedTo } = state.saved;
    finishSaving(state, io);
    tellHandOver(state, io, handedTo);
    takeOver(state, io);
    commitAsTail(state, io);
    forward(state, io);
    answerPredecessor(state, io);
  },

  request: receiveRequest,

  configure(state, _io, config) {
    state.config = config;
  },

  command(state, io, command) {
    if (command.type === "promote") return beginAnew(state, io);
    if (command.type !== "members") return false;
    reconfigure(state, io, command.membership ?? changeMembership(state.membership, command.members));
    return true;
  },

  status(state): ReplicaStatus {
    const { membership, registers } = state;
    return {
      role: roleOf(state),
      term: membership.configuration,
      position: registers.appliedIndex,
      follows: predecessorOf(state, state.self),
    };
  },

  registers(state) {
    return state.registers;
  },

  telling: chainTelling,

  payload(message) {
    return message.type === "forward" ? message.updates.length : 0;
  },

  predict: predictChain,
};

function hear(state: ChainState, io: ChainIo, from: ReplicaId, message: ChainMessage): void {
  switch (message.type) {
    case "forward":
      return receiveForward(state, io, from, message);
    case "forwarded":
      return receiveForwarded(state, io, from, message);
    case "acknowledged":
      return receiveAcknowledged(state, io, from, message);
    case "versionQuery":
      return receiveQuery(state, io, from, message);
    case "version":
      return receiveVersion(state, io, message);
  }
}

/** After a restart: finds its place, and remembers whether it handed the end of the chain over. */
function rejoin(state: ChainState, io: ChainIo): void {
  const { saved, membership } = state;
  if (!isEstablished(state, io.self)) join(state, io);
  meetSuccessor(state, io);
  if (saved.configuration !== membership.configuration || saved.handedTo < 0) return;
  state.handedTo = saved.handedTo;
  state.handOverIndex = saved.lastIndex;
  state.successor = "unknown";
}

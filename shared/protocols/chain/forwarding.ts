import type { Us } from "../../core/time.ts";
import { accepted, beat, ENTRIES_PER_APPEND, heard, isSilent, rejected, sent, windowOpen } from "../progress.ts";
import type { ReplicaId } from "../protocol.ts";
import { commitAsTail } from "./committing.ts";
import { NO_UPDATES, type Forwarded } from "./messages.ts";
import { persist } from "./persistence.ts";
import { isEstablished, successorOf } from "./places.ts";
import type { ChainIo, ChainState } from "./state.ts";

/** Sends the successor what is durable here and new to it, so that it never has what this replica could lose in a crash. */
export function forward(state: ChainState, io: ChainIo): void {
  const successor = successorOf(state, io.self);
  if (successor < 0) return;
  const { progress, saved } = state;
  const isNews = (progress.nextIndex[successor] ?? 1) <= saved.lastIndex || progress.owed[successor];
  if (!isNews) return;
  if (windowOpen(progress, successor)) sendForward(state, io, successor);
  else progress.owed[successor] = true;
}

/** The heartbeat goes to the successor whatever it has answered. */
export function beatSuccessor(state: ChainState, io: ChainIo): void {
  const successor = successorOf(state, io.self);
  if (successor < 0) return;
  beat(state.progress, successor);
  sendForward(state, io, successor);
}

/** The successor answered: how far it is, and whether it is of the chain yet. */
export function receiveForwarded(state: ChainState, io: ChainIo, from: ReplicaId, message: Forwarded): void {
  if (from !== successorOf(state, io.self)) return;
  noteSuccessor(state, message);
  const { progress } = state;
  heard(progress, from, message.round);
  if (message.success) accepted(progress, from, message.index);
  else {
    // One that has less than it told before has lost its disk.
    progress.matchIndex[from] = Math.min(progress.matchIndex[from] ?? 0, message.index);
    if (rejected(progress, from, message.index)) progress.owed[from] = true;
  }
  handOver(state, io, from);
  commitAsTail(state, io);
  forward(state, io);
}

/** Takes note of who the successor is by now. What it said under an earlier stamp may come late and is no news. */
function noteSuccessor(state: ChainState, { stampUs, isEstablished: joined, isEnd }: Forwarded): void {
  if (stampUs < state.successorStampUs || stampUs < state.handedTo) return;
  const isSame = stampUs === state.successorStampUs;
  if (joined) state.successor = "established";
  else if (!isSame || state.successor !== "established") state.successor = "joining";
  state.successorStampUs = stampUs;
  state.successorIsEnd = isEnd;
}

/**
 * A successor that joins has been sent all there is: from now on it is of the chain, and this replica the tail no
 * longer. The successor hears of it once that is durable here, so that no crash makes two tails.
 * Source: van Renesse & Schneider 2004, section 3.1: the new server becomes tail once it holds its predecessor's Hist.
 */
function handOver(state: ChainState, io: ChainIo, successor: ReplicaId): void {
  const { progress, saved } = state;
  if (state.successor !== "joining" || !isEstablished(state, io.self)) return;
  const isSent = !progress.probing[successor] && (progress.nextIndex[successor] ?? 1) > saved.lastIndex;
  if (!isSent || state.handedTo === state.successorStampUs) return;
  state.handedTo = state.successorStampUs;
  state.handOverIndex = saved.lastIndex;
  persist(state, io);
}

/** A sync ended. If it made a hand-over durable, the successor is told now and not with the next heartbeat. */
export function tellHandOver(state: ChainState, io: ChainIo, handedBefore: Us): void {
  if (state.saved.handedTo === handedBefore || state.saved.handedTo < 0) return;
  state.progress.owed[successorOf(state, io.self)] = true;
}

function sendForward(state: ChainState, io: ChainIo, successor: ReplicaId): void {
  const { progress, saved, handedTo } = state;
  const { configuration } = state.membership;
  const previousIndex = (progress.nextIndex[successor] ?? 1) - 1;
  const end = Math.min(saved.lastIndex, previousIndex + ENTRIES_PER_APPEND);
  const isIdle = isSilent(progress, successor) || previousIndex >= end;
  const updates = isIdle ? NO_UPDATES : state.history.slice(previousIndex, end);
  const isHandedOver = saved.handedTo === handedTo && saved.configuration === configuration;
  progress.round += 1;
  io.send(successor, {
    type: "forward",
    configuration,
    lineage: state.lineage,
    previousIndex,
    updates,
    committedIndex: state.committedIndex,
    round: progress.round,
    handOverTo: isHandedOver ? handedTo : -1,
    handOverIndex: state.handOverIndex,
  });
  sent(progress, successor, updates.length);
}

import { usOf } from "../../core/time.ts";
import { park, releaseParked, sweepParked, SWEEPS_PER_TIMEOUT, type ParkedRead } from "../parkedReads.ts";
import type { ReplicaId } from "../protocol.ts";
import { answerRead, type PendingRead } from "../registers.ts";
import { holdsLease } from "./lease.ts";
import { NOBODY, type ReadIndex, type ReadIndexAnswer } from "./messages.ts";
import { replicate } from "./replication.ts";
import { becomeFollower } from "./roles.ts";
import { TIMER, type RaftIo, type RaftState } from "./state.ts";

/**
 * Leader: a linearizable read writes nothing. It remembers the commit index (at the start of a term: its no-op's), has a
 * quorum confirm in a round sent after the read came that it still leads, and answers once that index is applied. With a
 * lease it trusts the last confirmation. Source: section 8; dissertation, sections 6.4 and 6.4.1.
 */
export function readAsLeader(state: RaftState, io: RaftIo, read: PendingRead): void {
  const index = Math.max(state.commitIndex, state.termStartIndex);
  if (index <= state.registers.appliedIndex && holdsLease(state, io)) answerRead(io, state.registers, read);
  else awaitConfirmation(state, io, { read, asker: io.self });
}

/**
 * Follower: asks the leader for a read index and answers by itself once that is applied here, which takes the work of
 * reading off the leader and stays linearizable. Source: dissertation, section 6.4, last paragraph.
 */
export function readAsFollower(state: RaftState, io: RaftIo, read: PendingRead): void {
  parkRead(state, io, { read, position: Infinity });
  io.send(state.leader, { type: "readIndex", term: state.currentTerm, request: read.request });
}

/** Leader: a follower wants to know how far it must have applied. */
export function receiveReadIndex(state: RaftState, io: RaftIo, from: ReplicaId, message: ReadIndex): void {
  if (message.term > state.currentTerm) becomeFollower(state, io, message.term, NOBODY);
  if (state.role !== "leader") return;
  awaitConfirmation(state, io, { read: { request: message.request, key: -1 }, asker: from });
}

/** Follower: the read index came. Whichever leader confirmed it did so after the read had come. */
export function receiveReadIndexAnswer(state: RaftState, io: RaftIo, message: ReadIndexAnswer): void {
  const place = state.parked.findIndex(({ request }) => request === message.request);
  const read = state.parked[place];
  if (read === undefined) return;
  state.parked[place] = { ...read, position: message.readIndex };
  releaseParked(state.parked, state.registers, io);
}

/**
 * Any replica, at session and at causal: answers once it has applied what the session has seen. All that any session can
 * know of lies before that in the one log, so a session guarantee of the whole log is causal as well.
 */
export function readInSession(state: RaftState, io: RaftIo, read: PendingRead, position: number): void {
  if (position <= state.registers.appliedIndex) answerRead(io, state.registers, read);
  else parkRead(state, io, { read, position });
}

/** Some time is over for the reads that wait here: those that waited longest are taken out. */
export function sweepReads(state: RaftState, io: RaftIo): ParkedRead[] {
  const expired = sweepParked(state.parked);
  if (state.parked.length > 0) setSweepTimer(state, io);
  return expired;
}

function awaitConfirmation(
  state: RaftState,
  io: RaftIo,
  { read, asker }: { readonly read: PendingRead; readonly asker: ReplicaId },
): void {
  const readIndex = Math.max(state.commitIndex, state.termStartIndex);
  const { request, key } = read;
  state.reads.items.push({ request, key, round: state.progress.round + 1, readIndex, asker });
  replicate(state, io);
}

function parkRead(
  state: RaftState,
  io: RaftIo,
  { read, position }: { readonly read: PendingRead; readonly position: number },
): void {
  if (state.parked.length === 0) setSweepTimer(state, io);
  park(state.parked, read, position);
}

function setSweepTimer(state: RaftState, io: RaftIo): void {
  io.setTimer(TIMER.sweep, usOf(state.config.requestTimeoutMs / SWEEPS_PER_TIMEOUT));
}

import { usOf } from "../../core/time.ts";
import { park, sweepParked, SWEEPS_PER_TIMEOUT } from "../parkedReads.ts";
import type { StoreRequest } from "../protocol.ts";
import { answerRead, writeAnswer } from "../registers.ts";
import { recalled } from "../deduplication.ts";
import { appendEntry } from "./log.ts";
import { NOBODY } from "./messages.ts";
import { persist } from "./persistence.ts";
import { replicate } from "./replication.ts";
import { TIMER, type RaftIo, type RaftState } from "./state.ts";

/** A client's request: below linearizable any replica reads for itself, all else is the leader's. */
export function receiveRequest(state: RaftState, io: RaftIo, request: number, body: StoreRequest): void {
  const { stop } = state.config;
  if (state.whereabouts !== null) io.answer(request, { outcome: "refused", reason: "noLeader" });
  else if (body.kind === "read" && stop === "eventual") answerRead(io, state.registers, { request, key: body.key });
  else if (body.kind === "read" && stop === "session") readInSession(state, io, request, body);
  else if (state.role !== "leader") sendToLeader(state, io, request);
  else if (body.kind === "read") readIndex(state, io, request, body);
  else propose(state, io, request, body);
}

/** Some time is over for the session reads that wait here: the longest waiting go to the leader, which has all. */
export function sweepReads(state: RaftState, io: RaftIo): void {
  for (const read of sweepParked(state.parked)) {
    if (state.role === "leader") io.answer(read.request, { outcome: "refused", reason: "tooStale" });
    else sendToLeader(state, io, read.request);
  }
  if (state.parked.length > 0) setSweepTimer(state, io);
}

/** Leader: takes a command into the log, to disk and to the followers, side by side. Source: section 5.3; dissertation, section 10.2.1. */
function propose(state: RaftState, io: RaftIo, request: number, command: StoreRequest): void {
  const before = recalled(state.registers.answered, command.operation);
  if (before !== 0) {
    io.answer(request, writeAnswer(before));
    return;
  }
  const index = appendEntry(state, { term: state.currentTerm, command });
  state.writes.items.push({ request, index });
  persist(state, io);
  replicate(state, io);
}

/**
 * Leader: a linearizable read writes nothing. It remembers the commit index (at the start of a term: its no-op's), has a
 * quorum confirm in a round sent after the read came that it still leads, and answers once that index is applied.
 * Source: section 8; dissertation, section 6.4.
 */
function readIndex(state: RaftState, io: RaftIo, request: number, body: StoreRequest): void {
  const index = Math.max(state.commitIndex, state.termStartIndex);
  state.reads.items.push({ request, key: body.key, round: state.progress.round + 1, readIndex: index });
  replicate(state, io);
}

function readInSession(state: RaftState, io: RaftIo, request: number, body: StoreRequest): void {
  const read = { request, key: body.key };
  if (body.sessionPosition <= state.registers.appliedIndex) {
    answerRead(io, state.registers, read);
    return;
  }
  if (state.parked.length === 0) setSweepTimer(state, io);
  park(state.parked, read, body.sessionPosition);
}

function setSweepTimer(state: RaftState, io: RaftIo): void {
  io.setTimer(TIMER.sweep, usOf(state.config.requestTimeoutMs / SWEEPS_PER_TIMEOUT));
}

function sendToLeader(state: RaftState, io: RaftIo, request: number): void {
  if (state.leader === NOBODY) io.answer(request, { outcome: "refused", reason: "noLeader" });
  else io.answer(request, { outcome: "redirect", to: state.leader });
}

import { usOf } from "../../core/time.ts";
import { recalled } from "../deduplication.ts";
import { dropFirst, firstOf } from "../fifo.ts";
import { park, sweepParked, SWEEPS_PER_TIMEOUT } from "../parkedReads.ts";
import type { ReplicaId, StoreRequest } from "../protocol.ts";
import { answerRead, writeAnswer } from "../registers.ts";
import { addUpdate, isDirty } from "./history.ts";
import { persist } from "./persistence.ts";
import { headOf, isEstablished, isTail } from "./places.ts";
import { TIMER, type ChainIo, type ChainState } from "./state.ts";

/** A replica that heard nothing from the tail for so many heartbeats takes it to be cut off. */
const SILENT_BEATS = 4;

/** A client's request: writes at the head, reads at any replica of the chain as far as the stop allows. */
export function receiveRequest(state: ChainState, io: ChainIo, request: number, body: StoreRequest): void {
  const head = headOf(state);
  if (!isEstablished(state, io.self) || (body.kind !== "read" && head !== io.self)) sendOn(io, request, head);
  else if (body.kind === "read") read(state, io, request, body);
  else write(state, io, request, body);
}

/** Some time is over for the reads that wait here: the longest waiting are given up. */
export function sweepReads(state: ChainState, io: ChainIo): void {
  for (const expired of sweepParked(state.parked)) {
    if (isTail(state, io) || state.tail === io.self) io.answer(expired.request, { outcome: "refused", reason: "tooStale" });
    else sendOn(io, expired.request, state.tail);
  }
  for (let at = state.queries.head; at < state.queries.items.length; at++) state.queries.items[at]!.sweeps -= 1;
  for (let first = firstOf(state.queries); first !== undefined && first.sweeps <= 0; first = firstOf(state.queries)) {
    dropFirst(state.queries);
    io.answer(first.request, { outcome: "refused", reason: "quorumUnreachable" });
  }
  if (isSweeping(state)) setSweepTimer(state, io);
}

/** Head: takes a write as the next update. One that was applied before is answered again. */
function write(state: ChainState, io: ChainIo, request: number, body: StoreRequest): void {
  const before = recalled(state.registers.answered, body.operation);
  if (before !== 0) {
    io.answer(request, writeAnswer(before));
    return;
  }
  state.writes.items.push({ request, index: addUpdate(state, body) });
  persist(state, io);
}

function read(state: ChainState, io: ChainIo, request: number, body: StoreRequest): void {
  const pending = { request, key: body.key };
  switch (state.config.stop) {
    case "session":
    // The session's place in the one log has all before it that the session can know of.
    case "causal":
      if (body.sessionPosition <= state.registers.appliedIndex) answerRead(io, state.registers, pending);
      else parkRead(state, io, request, body);
      return;
    case "boundedStaleness":
      if (isTail(state, io) || isFreshEnough(state, io)) answerRead(io, state.registers, pending);
      else if (state.tail === io.self || isTailSilent(state, io)) refuseStale(io, request);
      else sendOn(io, request, state.tail);
      return;
    case "linearizable":
      if (isTail(state, io) || !isDirty(state, body.key)) answerRead(io, state.registers, pending);
      else askTail(state, io, request, body);
      return;
    default:
      answerRead(io, state.registers, pending);
  }
}

/**
 * The key is dirty: the tail says which of its versions counts. A clean one needs no question, since an update passes
 * every replica before the tail acknowledges it.
 * Source: Terrace & Freedman 2009, section 2.3.
 */
function askTail(state: ChainState, io: ChainIo, request: number, body: StoreRequest): void {
  if (!isSweeping(state)) setSweepTimer(state, io);
  state.query += 1;
  const { query, membership } = state;
  state.queries.items.push({ request, key: body.key, query, sweeps: SWEEPS_PER_TIMEOUT });
  if (state.tail === io.self) return;
  io.send(state.tail, { type: "versionQuery", configuration: membership.configuration, query });
}

function parkRead(state: ChainState, io: ChainIo, request: number, body: StoreRequest): void {
  if (!isSweeping(state)) setSweepTimer(state, io);
  park(state.parked, { request, key: body.key }, body.sessionPosition);
}

function isSweeping(state: ChainState): boolean {
  return state.parked.length > 0 || firstOf(state.queries) !== undefined;
}

function setSweepTimer(state: ChainState, io: ChainIo): void {
  io.setTimer(TIMER.sweep, usOf(state.config.requestTimeoutMs / SWEEPS_PER_TIMEOUT));
}

/** Simplified: compares the tail's clock with this node's own, so a wrong clock makes a wrong promise. */
function isFreshEnough(state: ChainState, io: ChainIo): boolean {
  return state.asOfUs >= 0 && io.clockUs() - state.asOfUs <= usOf(state.config.boundMs);
}

function isTailSilent(state: ChainState, io: ChainIo): boolean {
  return io.clockUs() - state.heardAtUs > SILENT_BEATS * usOf(state.config.heartbeatMs);
}

function refuseStale(io: ChainIo, request: number): void {
  io.answer(request, { outcome: "refused", reason: "tooStale" });
}

function sendOn(io: ChainIo, request: number, to: ReplicaId): void {
  if (to < 0 || to === io.self) io.answer(request, { outcome: "refused", reason: "notPrimary" });
  else io.answer(request, { outcome: "redirect", to });
}

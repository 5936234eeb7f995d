import { usOf } from "../../core/time.ts";
import { recalled } from "../deduplication.ts";
import { dropFirst, firstOf } from "../fifo.ts";
import { park, sweepParked, SWEEPS_PER_TIMEOUT } from "../parkedReads.ts";
import type { StoreRequest } from "../protocol.ts";
import { answerRead, writeAnswer } from "../registers.ts";
import { waitsForBackups } from "./acknowledging.ts";
import { holdsLease } from "./leases.ts";
import { persist } from "./persistence.ts";
import { replicate } from "./replication.ts";
import { TIMER, type PendingConfirmedRead, type PrimaryBackupIo, type PrimaryBackupState } from "./state.ts";

/** A backup that heard nothing from its primary for so many heartbeats takes it to be cut off. */
const SILENT_BEATS = 4;

/** A client's request: reads at any replica as far as the stop allows, writes at the primary. */
export function receiveRequest(
  state: PrimaryBackupState,
  io: PrimaryBackupIo,
  request: number,
  body: StoreRequest,
): void {
  if (body.kind !== "read") {
    if (!state.leading) sendToPrimary(state, io, request);
    else if (holdsLease(state, io)) write(state, io, request, body);
    else io.answer(request, { outcome: "refused", reason: "noLease" });
  } else if (state.isCopying) {
    sendToPrimary(state, io, request);
  } else {
    read(state, io, request, body);
  }
}

/** Some time is over for the reads that wait here: the longest waiting are given up. */
export function sweepReads(state: PrimaryBackupState, io: PrimaryBackupIo): void {
  for (const expired of sweepParked(state.parked)) {
    if (state.leading) io.answer(expired.request, { outcome: "refused", reason: "tooStale" });
    else sendToPrimary(state, io, expired.request);
  }
  for (let at = state.reads.head; at < state.reads.items.length; at++) state.reads.items[at]!.sweeps -= 1;
  for (let first = firstOf(state.reads); first !== undefined && first.sweeps <= 0; first = firstOf(state.reads)) {
    dropFirst(state.reads);
    io.answer(first.request, { outcome: "refused", reason: "quorumUnreachable" });
  }
  if (isSweeping(state)) setSweepTimer(state, io);
}

function read(state: PrimaryBackupState, io: PrimaryBackupIo, request: number, body: StoreRequest): void {
  const pending = { request, key: body.key };
  switch (state.config.stop) {
    case "session":
    // The session's place in the one log has all before it that the session can know of.
    case "causal":
      if (body.sessionPosition <= state.registers.appliedIndex) answerRead(io, state.registers, pending);
      else parkRead(state, io, request, body);
      return;
    case "boundedStaleness":
      if (state.leading) readAtOnce(state, io, request, body);
      else if (isFreshEnough(state, io)) answerRead(io, state.registers, pending);
      else if (isPrimarySilent(state, io)) io.answer(request, { outcome: "refused", reason: "tooStale" });
      else sendToPrimary(state, io, request);
      return;
    case "linearizable":
      if (!state.leading) sendToPrimary(state, io, request);
      else if (state.config.leaseMs > 0 || state.config.mode !== "sync") readAtOnce(state, io, request, body);
      else confirmRead(state, io, request, body);
      return;
    default:
      answerRead(io, state.registers, pending);
  }
}

/**
 * Primary: takes a write into the log. One that was applied before is answered again.
 * Simplified: in mode sync a write waits as long as a member is away, until an operator fences that member.
 */
function write(state: PrimaryBackupState, io: PrimaryBackupIo, request: number, body: StoreRequest): void {
  const before = recalled(state.registers.answered, body.operation);
  if (before !== 0) {
    io.answer(request, writeAnswer(before));
    return;
  }
  const index = state.log.push({ view: state.view, write: body });
  state.writes.items.push({ request, index });
  persist(state, io);
}

/**
 * Primary in mode sync: every member confirms, in a round sent after the read came, that it knows no later view. So the
 * read is right even if another was promoted meanwhile: that one was a member here and will not confirm. What the view
 * inherited must be committed first.
 */
function confirmRead(state: PrimaryBackupState, io: PrimaryBackupIo, request: number, body: StoreRequest): void {
  const index = Math.max(state.committedIndex, state.inheritedIndex);
  const round = state.progress.round + 1;
  awaitCommit(state, io, { request, key: body.key, round, index, sweeps: SWEEPS_PER_TIMEOUT });
  replicate(state, io);
}

/**
 * Primary: answers at once while it may serve. Where writes wait for others, a primary that begins, or begins again after
 * a crash, first has to have committed what it inherited: some of that was acknowledged. With leases the answer is right
 * as long as clocks are; without, a primary that was replaced behind its back answers from the past.
 */
function readAtOnce(state: PrimaryBackupState, io: PrimaryBackupIo, request: number, body: StoreRequest): void {
  const { committedIndex, inheritedIndex: index, config } = state;
  const isReady = committedIndex >= index || (config.leaseMs === 0 && !waitsForBackups(state));
  if (!holdsLease(state, io)) io.answer(request, { outcome: "refused", reason: "noLease" });
  else if (isReady) answerRead(io, state.registers, { request, key: body.key });
  else awaitCommit(state, io, { request, key: body.key, round: 0, index, sweeps: SWEEPS_PER_TIMEOUT });
}

function awaitCommit(state: PrimaryBackupState, io: PrimaryBackupIo, read: PendingConfirmedRead): void {
  if (!isSweeping(state)) setSweepTimer(state, io);
  state.reads.items.push(read);
}

function parkRead(state: PrimaryBackupState, io: PrimaryBackupIo, request: number, body: StoreRequest): void {
  if (!isSweeping(state)) setSweepTimer(state, io);
  park(state.parked, { request, key: body.key }, body.sessionPosition);
}

function isSweeping(state: PrimaryBackupState): boolean {
  return state.parked.length > 0 || firstOf(state.reads) !== undefined;
}

function setSweepTimer(state: PrimaryBackupState, io: PrimaryBackupIo): void {
  io.setTimer(TIMER.sweep, usOf(state.config.requestTimeoutMs / SWEEPS_PER_TIMEOUT));
}

/**
 * Backup: had it all that was committed when its primary last spoke, no longer ago than the bound?
 * Simplified: compares the primary's clock with this node's own, so a wrong clock makes a wrong promise; and takes the
 * word of its primary that nobody else leads, so the bound holds only while nobody replaces the primary. In mode sync it
 * could be kept through that too, by a primary that counts from the last round in which every member still followed it.
 */
function isFreshEnough(state: PrimaryBackupState, io: PrimaryBackupIo): boolean {
  return state.asOfUs >= 0 && io.clockUs() - state.asOfUs <= usOf(state.config.boundMs);
}

function isPrimarySilent(state: PrimaryBackupState, io: PrimaryBackupIo): boolean {
  return io.clockUs() - state.heardAtUs > SILENT_BEATS * usOf(state.config.heartbeatMs);
}

function sendToPrimary(state: PrimaryBackupState, io: PrimaryBackupIo, request: number): void {
  const { primary } = state;
  if (primary < 0) io.answer(request, { outcome: "refused", reason: "notPrimary" });
  else io.answer(request, { outcome: "redirect", to: primary });
}

import { invariant } from "../../core/invariant.ts";
import { dropFirst, firstOf } from "../fifo.ts";
import { releaseParked } from "../parkedReads.ts";
import type { ReplicaId } from "../protocol.ts";
import { answerRead, applyCommand } from "../registers.ts";
import type { Acknowledged, Version, VersionQuery } from "./messages.ts";
import { isTail } from "./places.ts";
import type { ChainIo, ChainState } from "./state.ts";

/**
 * Tail: what is durable here is durable everywhere before it, so it counts; everybody is told at once.
 * Differs: the paper's tail answers the client; here the head does, where the request waits, when it hears of it.
 * Source: van Renesse & Schneider 2004, section 2; Terrace & Freedman 2009, section 4.2 (multicast instead of hop by hop).
 */
export function commitAsTail(state: ChainState, io: ChainIo): void {
  if (!isTail(state, io) || state.saved.lastIndex <= state.committedIndex) return;
  commitUpTo(state, io, state.saved.lastIndex);
  announce(state, io);
}

/** Tail: tells all others up to where updates count. Also its heartbeat. */
export function announce(state: ChainState, io: ChainIo): void {
  const { membership, committedIndex: index } = state;
  const { configuration } = membership;
  for (const member of membership.members) {
    if (member === io.self) continue;
    io.send(member, { type: "acknowledged", configuration, index, asOfUs: io.clockUs() });
  }
}

/** The tail said up to where updates count. */
export function receiveAcknowledged(state: ChainState, io: ChainIo, from: ReplicaId, message: Acknowledged): void {
  state.tail = from;
  state.heardAtUs = io.clockUs();
  commitUpTo(state, io, message.index);
  if (state.committedIndex >= message.index) state.asOfUs = Math.max(state.asOfUs, message.asOfUs);
}

/** Asked what counts: only the tail knows. */
export function receiveQuery(state: ChainState, io: ChainIo, from: ReplicaId, { query }: VersionQuery): void {
  if (!isTail(state, io)) return;
  const { committedIndex: index, membership } = state;
  io.send(from, { type: "version", configuration: membership.configuration, query, index });
}

/** The tail's answer: reads that asked, or asked earlier, are answered as of that index. */
export function receiveVersion(state: ChainState, io: ChainIo, { query, index }: Version): void {
  commitUpTo(state, io, index);
  if (state.committedIndex < index) return;
  for (let read = firstOf(state.queries); read !== undefined && read.query <= query; read = firstOf(state.queries)) {
    dropFirst(state.queries);
    answerRead(io, state.registers, read);
  }
}

/** Applies what counts as far as it is here, in order; the head answers the writes it took. */
export function commitUpTo(state: ChainState, io: ChainIo, upTo: number): void {
  const index = Math.min(upTo, state.history.length);
  if (index <= state.committedIndex) return;
  state.committedIndex = index;
  for (let next = state.registers.appliedIndex + 1; next <= index; next++) {
    const update = state.history[next - 1];
    invariant(update !== undefined, `chain: committed update ${next} is not in the history`);
    const answer = applyCommand(state.registers, next, update);
    const waiting = firstOf(state.writes);
    if (waiting?.index !== next) continue;
    dropFirst(state.writes);
    io.answer(waiting.request, answer);
  }
  releaseParked(state.parked, state.registers, io);
}

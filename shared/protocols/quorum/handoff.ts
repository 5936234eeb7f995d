import { usOf } from "../../core/time.ts";
import type { ReplicaId } from "../protocol.ts";
import { isNewer, type KeyedCell } from "./cell.ts";
import { storeHere } from "./replica.ts";
import { ITSELF, NO_ANSWER, type HandedOff, type Handoff } from "./messages.ts";
import { newerOf } from "./siblings.ts";
import { TIMER, type Hint, type QuorumIo, type QuorumState } from "./state.ts";

/** Writes in one handoff. */
const WRITES_PER_HANDOFF = 64;
/** Keys that one node keeps hints of for one replica; what comes beyond is left to read repair and anti-entropy. */
export const HINTS_MAX = 4_096;

/**
 * Hinted handoff: a node keeps a write for a replica that did not acknowledge it, and sends it again until it does, or
 * until `hintWindowMs` is over. Of each key all that is known is one cell. The node is the coordinator, or one that
 * stands in for the replica. Source: DeCandia et al. 2007, "Dynamo", section 4.6; Cassandra's `max_hint_window`, 3 h.
 * Simplified: a coordinator's hint is durable as soon as it is kept; by then the write has been under way for most of a
 * timeout. A stand-in acknowledges only what is on its disk.
 */
export function keepHint(state: QuorumState, io: QuorumIo, replica: ReplicaId, { key, cell }: KeyedCell): void {
  const hints = state.hints[replica];
  const held = hints?.get(key)?.cell ?? null;
  if (hints === undefined || !isNewer(cell, held) || (held === null && hints.size >= HINTS_MAX)) return;
  hints.delete(key);
  hints.set(key, { cell: newerOf(held, cell) ?? cell, sinceUs: io.clockUs() });
  if (!state.isHandoffTimerSet) setHandoffTimer(state, io);
}

/** Tries every replica that writes are kept for; one that answers gets the rest without waiting for the timer. */
export function handOff(state: QuorumState, io: QuorumIo): void {
  state.isHandoffTimerSet = false;
  for (const hints of state.hints) dropExpired(state, io, hints);
  state.hints.forEach((hints, replica) => {
    if (hints.size === 0) return;
    if (state.handingOff[replica]) state.handingOff[replica] = false;
    else sendHandoff(state, io, replica);
  });
  if (state.hints.some((hints) => hints.size > 0)) setHandoffTimer(state, io);
}

/** Writes come that were kept for this replica. */
export function receiveHandoff(state: QuorumState, io: QuorumIo, from: ReplicaId, message: Handoff): void {
  const last = message.writes.length - 1;
  message.writes.forEach(({ key, cell }, place) => {
    const handoff = place === last ? message.writes : null;
    storeHere(state, io, { key, cell, from, token: NO_ANSWER, standsFor: ITSELF, handoff });
  });
}

/** A replica has on disk what was kept for it. */
export function receiveHandedOff(state: QuorumState, io: QuorumIo, from: ReplicaId, message: HandedOff): void {
  const hints = state.hints[from];
  if (hints === undefined) return;
  for (const { key, cell } of message.writes) {
    if (!isNewer(hints.get(key)?.cell ?? null, cell)) hints.delete(key);
  }
  state.handingOff[from] = false;
  if (hints.size > 0) sendHandoff(state, io, from);
}

/** Starts the timer again after a restart. */
export function resumeHandoff(state: QuorumState, io: QuorumIo): void {
  if (state.hints.some((hints) => hints.size > 0)) setHandoffTimer(state, io);
}

/** Hints stand in the order in which they were last renewed. */
function dropExpired(state: QuorumState, io: QuorumIo, hints: Map<number, Hint>): void {
  for (const [key, { sinceUs }] of hints) {
    if (io.clockUs() - sinceUs <= usOf(state.config.hintWindowMs)) return;
    hints.delete(key);
  }
}

function sendHandoff(state: QuorumState, io: QuorumIo, replica: ReplicaId): void {
  const writes: KeyedCell[] = [];
  for (const [key, { cell }] of state.hints[replica] ?? []) {
    if (writes.length === WRITES_PER_HANDOFF) break;
    writes.push({ key, cell });
  }
  state.handingOff[replica] = true;
  io.send(replica, { type: "handoff", writes });
}

function setHandoffTimer(state: QuorumState, io: QuorumIo): void {
  state.isHandoffTimerSet = true;
  io.setTimer(TIMER.handoff, usOf(state.config.heartbeatMs));
}

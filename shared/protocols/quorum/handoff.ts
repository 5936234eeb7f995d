import { usOf } from "../../core/time.ts";
import type { ReplicaId } from "../protocol.ts";
import { isNewer, type KeyedCell } from "./cell.ts";
import { storeHere } from "./replica.ts";
import { NO_ANSWER, type HandedOff, type Handoff } from "./messages.ts";
import { TIMER, type QuorumIo, type QuorumState } from "./state.ts";

/** Writes in one handoff. */
const WRITES_PER_HANDOFF = 64;

/**
 * Hinted handoff: the coordinator keeps a write for a replica that did not acknowledge it, and sends it again until it
 * does. Under last-write-wins the newest version of each key is enough. Source: DeCandia et al. 2007, "Dynamo", section 4.6.
 * Simplified: a hint is durable as soon as it is kept; by then the write has been under way for most of a timeout.
 */
export function keepHint(state: QuorumState, io: QuorumIo, replica: ReplicaId, { key, cell }: KeyedCell): void {
  const hints = state.hints[replica];
  if (hints === undefined || !isNewer(cell, hints.get(key) ?? null)) return;
  hints.set(key, cell);
  if (!state.isHandoffTimerSet) setHandoffTimer(state, io);
}

/** Tries every replica that writes are kept for; one that answers gets the rest without waiting for the timer. */
export function handOff(state: QuorumState, io: QuorumIo): void {
  state.isHandoffTimerSet = false;
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
    storeHere(state, io, { key, cell, from, token: NO_ANSWER, handoff: place === last ? message.writes : null });
  });
}

/** A replica has on disk what was kept for it. */
export function receiveHandedOff(state: QuorumState, io: QuorumIo, from: ReplicaId, message: HandedOff): void {
  const hints = state.hints[from];
  if (hints === undefined) return;
  for (const { key, cell } of message.writes) {
    if (!isNewer(hints.get(key) ?? null, cell)) hints.delete(key);
  }
  state.handingOff[from] = false;
  if (hints.size > 0) sendHandoff(state, io, from);
}

/** Starts the timer again after a restart. */
export function resumeHandoff(state: QuorumState, io: QuorumIo): void {
  if (state.hints.some((hints) => hints.size > 0)) setHandoffTimer(state, io);
}

function sendHandoff(state: QuorumState, io: QuorumIo, replica: ReplicaId): void {
  const writes: KeyedCell[] = [];
  for (const [key, cell] of state.hints[replica] ?? []) {
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

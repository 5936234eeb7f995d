import { usOf } from "../../core/time.ts";
import { drainFifo } from "../fifo.ts";
import { createProgress } from "../progress.ts";
import type { ReplicaId } from "../protocol.ts";
import { keepQuiet } from "./leases.ts";
import { lastIndex } from "./log.ts";
import { persist } from "./persistence.ts";
import { primaryOf, TIMER, type PrimaryBackupIo, type PrimaryBackupState } from "./state.ts";

/**
 * An operator makes this replica the primary of the next view that is its own. It serves at once, and announces itself
 * over the network as soon as the view is durable: a primary that is cut off does not hear of it and goes on as well.
 * Differs: nobody elects it and nothing is gathered from the others first, as a view change of Viewstamped Replication
 * would; what only the old primary had is lost. In mode sync every member has each acknowledged write, so nothing is.
 */
export function promote(state: PrimaryBackupState, io: PrimaryBackupIo, members: readonly ReplicaId[]): void {
  let view = state.view + 1;
  while (primaryOf(view, io) !== io.self) view += 1;
  leaveView(state, io);
  state.view = view;
  state.leading = true;
  state.primary = io.self;
  state.isCopying = false;
  setMembers(state, io, members);
  state.inheritedIndex = lastIndex(state);
  state.progress = createProgress(io.replicas, state.saved.lastIndex);
  keepQuiet(state, io);
  persist(state, io);
  io.setTimer(TIMER.heartbeat, usOf(state.config.heartbeatMs));
}

/** Primary: these replicas, and itself in any case, must have a write before it is committed in mode sync. */
export function setMembers(state: PrimaryBackupState, io: PrimaryBackupIo, members: readonly ReplicaId[]): void {
  state.members = members.includes(io.self) ? members : [...members, io.self];
}

/** A later view is known: follow it. Entries are sorted out when its primary's next append comes. */
export function followView(state: PrimaryBackupState, io: PrimaryBackupIo, view: number): void {
  leaveView(state, io);
  state.view = view;
  state.leading = false;
  state.primary = primaryOf(view, io);
  persist(state, io);
}

/** Stops leading without knowing who does. */
export function stepDown(state: PrimaryBackupState, io: PrimaryBackupIo): void {
  if (!state.leading) return;
  leaveView(state, io);
  state.leading = false;
  state.primary = -1;
  persist(state, io);
}

/**
 * Ends what belongs to the view: reads that wait for a confirmation are refused; writes are never answered, since nobody
 * here can tell any more whether they will count.
 */
function leaveView(state: PrimaryBackupState, io: PrimaryBackupIo): void {
  io.cancelTimer(TIMER.heartbeat);
  io.cancelTimer(TIMER.degrade);
  for (const read of drainFifo(state.reads)) io.answer(read.request, { outcome: "refused", reason: "steppedDown" });
  drainFifo(state.writes);
  state.verifiedIndex = 0;
  state.toldIndex = 0;
  state.heardRound = 0;
  state.owesAnswer = false;
  state.isWaiting = false;
  state.isDegraded = false;
  state.lease.grantedAsOfUs = -1;
}

import type { Us } from "../../core/time.ts";
import { majority } from "../majority.ts";
import { recalled } from "../deduplication.ts";
import type { StoreRequest } from "../protocol.ts";
import { actorOf, mergeClocks, NO_EVENTS } from "../vectorClock.ts";
import type { Version } from "./cell.ts";
import { coordinate, endCoordination, fetchFromAll, spread, storeOnAll } from "./coordination.ts";
import { heldSoon } from "./replica.ts";
import { contextAfter, isSibling, newerOf, withWrite } from "./siblings.ts";
import type { Coordination, QuorumIo, QuorumState } from "./state.ts";

/**
 * A client writes. At `linearizable` a quorum is asked for the newest version first; below it, the version is stamped
 * with the coordinator's own clock, and of two writes the one with the later stamp wins, whichever came first.
 * Source: Lynch & Shvartsman 1997, "Robust emulation of shared memory using dynamic quorum-acknowledged broadcasts";
 * DeCandia et al. 2007, "Dynamo", section 4.5.
 */
export function beginWrite(state: QuorumState, io: QuorumIo, request: number, body: StoreRequest): Coordination {
  const one = coordinate(state, io, request, body);
  if (state.config.stop === "linearizable") fetchFromAll(state, io, one);
  else placeWrite(state, io, one, leastStamp(state, body));
  return one;
}

/**
 * A replica told its version: once a quorum has, the write goes above the newest of them, if it is this attempt that may
 * place it; if not, it waits for more answers. A retry of a write that a replica has stored already places nothing new:
 * it makes sure that the newest is on a quorum.
 */
export function continueQuery(state: QuorumState, io: QuorumIo, one: Coordination): void {
  if (one.answers < one.needed) return;
  const isDone = one.isRetry && one.newest !== null;
  if (!isDone && one.claims < majority(io.replicas)) return;
  if (isDone) storeOnAll(state, io, one, one.newest!);
  else placeWrite(state, io, one, (one.newest?.stampUs ?? 0) + 1);
  continueWrite(state, io, one);
}

/** A replica acknowledged the write. */
export function continueWrite(state: QuorumState, io: QuorumIo, one: Coordination): void {
  if (!one.isSpread && one.answered[io.self]) spread(state, io, one);
  if (!one.isAnswered && one.answers >= one.needed) {
    const { cell, body } = one;
    const told = cell === null || cell.causal === null ? {} : { context: contextAfter(cell, body) };
    one.isAnswered = true;
    io.answer(one.request, { outcome: "ok", value: null, position: cell?.stampUs ?? 0, ...told });
  }
  if (one.isAnswered && one.answers === io.replicas) endCoordination(state, one);
}

/**
 * Sends a write on its way: under last-write-wins to all replicas at once, with siblings to the own disk first. At
 * linearizable it replaces all that the quorum told, below it what its client had seen. Whoever brings a write again to a
 * coordinator that has it brings nothing new.
 */
function placeWrite(state: QuorumState, io: QuorumIo, one: Coordination, leastStampUs: Us): void {
  const { body, newest } = one;
  if (state.config.conflict === "lastWriteWins") {
    const known = newest ?? state.cells.get(body.key);
    const ordinal = (known?.ordinal ?? 0) + 1;
    storeOnAll(state, io, one, { ...versionOf(state, io, body, leastStampUs), ordinal, causal: null });
    return;
  }
  const held = newerOf(heldSoon(state, body.key), newest);
  if (held !== null && (recalled(state.stored, body.operation) !== 0 || isSibling(held, body.operation))) {
    storeOnAll(state, io, one, held);
    return;
  }
  const context = mergeClocks(body.context ?? NO_EVENTS, newest?.causal?.clock ?? NO_EVENTS);
  const version = versionOf(state, io, body, Math.max(leastStampUs, body.sessionPosition + 1));
  storeOnAll(state, io, one, withWrite(held, { version, context, actor: actorOf(io.self, state.life) }));
}

/**
 * The least stamp that a write may get. In a session it is above all that the session and this replica have seen, so that
 * the session's own writes stay in order even from coordinator to coordinator.
 * Differs: a write acknowledged elsewhere by a coordinator whose clock is ahead by more than that write took still hides
 * it. The next stop asks a quorum first.
 */
function leastStamp(state: QuorumState, body: StoreRequest): number {
  if (state.config.stop === "eventual") return 1;
  return Math.max(body.sessionPosition, state.cells.get(body.key)?.stampUs ?? 0) + 1;
}

/** A version that this coordinator has never given before. At linearizable the clock has no say in it. */
function versionOf(state: QuorumState, io: QuorumIo, body: StoreRequest, leastStampUs: Us): Version {
  const clockUs = state.config.stop === "linearizable" ? 0 : Math.max(io.clockUs(), state.lastStampUs + 1);
  const stampUs = Math.max(clockUs, leastStampUs);
  state.lastStampUs = Math.max(state.lastStampUs, stampUs);
  return { stampUs, coordinator: io.self, operation: body.operation, value: body.argument };
}

import { recalled, remember } from "../deduplication.ts";
import { isNewer, type Cell } from "./cell.ts";
import { claimHere } from "./claims.ts";
import { type Fetch, type Fetched, ITSELF } from "./messages.ts";
import { newerOf } from "./siblings.ts";
import type { Arrival, QuorumIo, QuorumState } from "./state.ts";

/** This replica's answer to a coordinator: what it holds of a key itself, or keeps for the replica it stands in for. */
export function fetchHere(state: QuorumState, fetch: Omit<Fetch, "type">): Fetched {
  const { token, key, operation, attempt, standsFor } = fetch;
  const hasStored = operation >= 0 && recalled(state.stored, operation) !== 0;
  const isGranted = operation >= 0 && claimHere(state, operation, attempt);
  const cell = standsFor === ITSELF ? state.cells.get(key) : state.hints[standsFor]?.get(key)?.cell;
  return { type: "fetched", token, cell: cell ?? null, hasStored, isGranted };
}

/** What this replica will hold of a key once all that is on its way to the disk is there. */
export function heldSoon(state: QuorumState, key: number): Cell | null {
  let cell = state.cells.get(key) ?? null;
  for (const arrival of [...state.syncing, ...state.arriving]) {
    if (arrival.key === key && arrival.standsFor === ITSELF) cell = newerOf(cell, arrival.cell);
  }
  return cell;
}

/** Takes a version in; it counts once it is durable. What comes during a sync shares the next. */
export function storeHere(state: QuorumState, io: QuorumIo, arrival: Arrival): void {
  state.arriving.push(arrival);
  if (state.syncing.length === 0) syncArrivals(state, io);
}

/** A sync ended: its versions count now, where they are the newest. Returns them, to be answered. */
export function finishSync(state: QuorumState, io: QuorumIo): readonly Arrival[] {
  const durable = state.syncing;
  state.syncing = [];
  for (const { key, cell, standsFor } of durable) if (standsFor === ITSELF) settle(state, key, cell);
  if (state.arriving.length > 0) syncArrivals(state, io);
  return durable;
}

function syncArrivals(state: QuorumState, io: QuorumIo): void {
  state.syncing = state.arriving;
  state.arriving = [];
  io.sync(0);
}

function settle(state: QuorumState, key: number, cell: Cell): void {
  remember(state.stored, cell.operation, 1);
  const held = state.cells.get(key) ?? null;
  if (!isNewer(cell, held)) return;
  const kept = newerOf(held, cell) ?? cell;
  state.cells.set(key, kept);
  state.tree = null;
  state.position += kept.ordinal - (held?.ordinal ?? 0);
}

import { recalled, remember } from "../deduplication.ts";
import { isNewer, type Cell } from "./cell.ts";
import type { Fetched } from "./messages.ts";
import type { Arrival, QuorumIo, QuorumState } from "./state.ts";

/** This replica's answer to a coordinator that fetches a key on behalf of an operation (−1: a read). */
export function fetchHere(state: QuorumState, token: number, key: number, operation: number): Fetched {
  const hasStored = operation >= 0 && recalled(state.stored, operation) !== 0;
  return { type: "fetched", token, cell: state.cells.get(key) ?? null, hasStored };
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
  for (const { key, cell } of durable) settle(state, key, cell);
  if (state.arriving.length > 0) syncArrivals(state, io);
  return durable;
}

function syncArrivals(state: QuorumState, io: QuorumIo): void {
  state.syncing = state.arriving;
  state.arriving = [];
  io.sync(0);
}

/** Last write wins. */
function settle(state: QuorumState, key: number, cell: Cell): void {
  remember(state.stored, cell.operation, 1);
  const held = state.cells.get(key) ?? null;
  if (!isNewer(cell, held)) return;
  state.cells.set(key, cell);
  state.position += cell.ordinal - (held?.ordinal ?? 0);
}

import { converted } from "../crdt/conversion.ts";
import type { DataTypeName } from "../crdt/registry.ts";
import type { ReplicaId } from "../protocol.ts";
import { type Entry, type GossipState, NOBODY } from "./state.ts";

/** Beyond twice the entries and this many, changes that were overtaken are dropped. */
const SLACK = 64;

/** Gives a key a new state, as this replica's next change. */
export function change(state: GossipState, key: number, next: unknown, from: ReplicaId): void {
  state.position += 1;
  const entry: Entry = { key, state: next, position: state.position, from };
  state.entries.set(key, entry);
  state.changes.push(entry);
  if (state.changes.length <= 2 * state.entries.size + SLACK) return;
  state.changes = state.changes.filter((past) => isLast(state, past));
}

/** Some changes, and how far one knows them all who has these. */
export interface Delta {
  readonly entries: readonly Entry[];
  readonly upTo: number;
}

/**
 * The first keys that changed after a position, at most `limit`, each once and as it is now: a delta of the store.
 * What `reader` told itself is left out. Source: Almeida, Shoker & Baquero 2018, "Delta state replicated data types",
 * section 6. Simplified: the delta of a key is its whole state.
 */
export function changesAfter(state: GossipState, since: number, reader: ReplicaId, limit: number): Delta {
  const { changes } = state;
  const entries: Entry[] = [];
  for (let place = firstAfter(changes, since); place < changes.length; place++) {
    const entry = changes[place]!;
    if (!isLast(state, entry) || entry.from === reader) continue;
    if (entries.length === limit) return { entries, upTo: entries.at(-1)!.position };
    entries.push(entry);
  }
  return { entries, upTo: state.position };
}

/** A replica has forgotten what it told: that must be told to it, too. */
export function forgetTeller(state: GossipState, teller: ReplicaId): void {
  const { entries } = state;
  state.changes = [...entries.values()].sort((a, b) => a.position - b.position);
  state.changes.forEach((entry, place) => {
    if (entry.from !== teller) return;
    const own = { ...entry, from: NOBODY };
    state.changes[place] = own;
    entries.set(own.key, own);
  });
}

/** Every key goes over to another data type where it stands: others do the same, so nothing of it is news to them. */
export function convertAll(state: GossipState, to: DataTypeName): void {
  const { entries, config } = state;
  state.changes = state.changes
    .filter((entry) => isLast(state, entry))
    .map((entry) => ({ ...entry, state: converted(entry.state, config.data, to) }));
  for (const entry of state.changes) entries.set(entry.key, entry);
}

/** Place of the first change after a position. */
function firstAfter(changes: readonly Entry[], position: number): number {
  let [low, high] = [0, changes.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (changes[middle]!.position <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isLast(state: GossipState, entry: Entry): boolean {
  return state.entries.get(entry.key)?.position === entry.position;
}

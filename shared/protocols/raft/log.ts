import { broken, invariant } from "../../core/invariant.ts";
import { noteConfiguration, reviewConfiguration } from "./configuration.ts";
import type { Entry } from "./messages.ts";
import type { RaftState } from "./state.ts";

/** Index of the last entry, whether it is still in the log or only in a snapshot; 0 when there was none. */
export function lastIndex(state: RaftState): number {
  return state.base.index + state.log.length;
}

/** Term of the entry at an index; 0 before the first, −1 past the end and where only a snapshot knows. */
export function termAt(state: RaftState, index: number): number {
  const { base, log } = state;
  return index === base.index ? base.term : (log[index - base.index - 1]?.term ?? -1);
}

/** The entry at an index that is in the log. */
export function entryAt(state: RaftState, index: number): Entry {
  const entry = state.log[index - state.base.index - 1];
  return entry ?? broken(`raft: entry ${index} is not in the log`);
}

/** Up to `count` entries that follow an index. */
export function entriesAfter(state: RaftState, index: number, count: number): readonly Entry[] {
  const place = index - state.base.index;
  return state.log.slice(place, place + count);
}

/**
 * True when this log has an entry of that term at that index: then the two logs are the same up to there. What a
 * snapshot covers is committed, and so the same in every log. Source: section 5.3, log matching property.
 */
export function matches(state: RaftState, index: number, term: number): boolean {
  return index < state.base.index || termAt(state, index) === term;
}

/** Raft decides which of two logs is more up-to-date by term, then index, of the last entries. Source: section 5.4.1. */
export function isUpToDate(state: RaftState, lastLogTerm: number, lastLogIndex: number): boolean {
  const ownTerm = termAt(state, lastIndex(state));
  return lastLogTerm > ownTerm || (lastLogTerm === ownTerm && lastLogIndex >= lastIndex(state));
}

/** Adds one entry and returns its index. */
export function appendEntry(state: RaftState, entry: Entry): number {
  state.log.push(entry);
  const index = lastIndex(state);
  noteConfiguration(state, index, entry);
  return index;
}

/**
 * Makes the log from `prevLogIndex` on hold `entries`: a conflicting entry and all that follow it are deleted, what is
 * there already stays. True when something was added. Source: figure 2, AppendEntries RPC, receiver rules 3 and 4.
 */
export function mergeEntries(state: RaftState, prevLogIndex: number, entries: readonly Entry[]): boolean {
  let index = prevLogIndex;
  let added = false;
  for (const entry of entries) {
    index += 1;
    if (index <= lastIndex(state)) {
      if (matches(state, index, entry.term)) continue;
      truncate(state, index - 1);
    }
    appendEntry(state, entry);
    added = true;
  }
  return added;
}

/**
 * Where a leader should try next when entry `prevLogIndex` did not match: before the first entry of the term that
 * conflicts, or at the end of a log that is shorter. Source: section 5.3, last paragraphs.
 */
export function conflictHint(state: RaftState, prevLogIndex: number): number {
  if (prevLogIndex > lastIndex(state)) return lastIndex(state);
  const term = termAt(state, prevLogIndex);
  let index = prevLogIndex - 1;
  while (index > state.commitIndex && termAt(state, index) === term) index -= 1;
  return index;
}

/**
 * Deletes all entries after `index`. Simplified: deleting the end of a log is durable at once. It only ever removes
 * entries that are not committed, so a crash that brought them back would change nothing.
 */
function truncate(state: RaftState, index: number): void {
  invariant(index >= state.commitIndex, `raft: truncating to ${index} would delete a committed entry`);
  state.log.length = index - state.base.index;
  if (state.membersIndex > index) reviewConfiguration(state);
  state.saved.lastIndex = Math.min(state.saved.lastIndex, index);
  state.saving.lastIndex = Math.min(state.saving.lastIndex, index);
}

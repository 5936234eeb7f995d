import { invariant } from "../../core/invariant.ts";
import type { Entry } from "./messages.ts";
import type { RaftState } from "./state.ts";

/** Index of the last entry; 0 for an empty log. */
export function lastIndex(state: RaftState): number {
  return state.log.length;
}

/** Term of the entry at an index; 0 before the first, −1 past the end. */
export function termAt(state: RaftState, index: number): number {
  return index === 0 ? 0 : (state.log[index - 1]?.term ?? -1);
}

/** Raft decides which of two logs is more up-to-date by term, then index, of the last entries. Source: section 5.4.1. */
export function isUpToDate(state: RaftState, lastLogTerm: number, lastLogIndex: number): boolean {
  const ownTerm = termAt(state, lastIndex(state));
  return lastLogTerm > ownTerm || (lastLogTerm === ownTerm && lastLogIndex >= lastIndex(state));
}

/** Adds one entry and returns its index. */
export function appendEntry(state: RaftState, entry: Entry): number {
  return state.log.push(entry);
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
      if (termAt(state, index) === entry.term) continue;
      truncate(state, index - 1);
    }
    state.log.push(entry);
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
 * Deletes all entries after `index`. Simplified: the deletion itself is durable at once. It only ever removes entries
 * that are not committed, so a crash that brought them back would change nothing.
 */
function truncate(state: RaftState, index: number): void {
  invariant(index >= state.commitIndex, `raft: truncating to ${index} would delete a committed entry`);
  state.log.length = index;
  state.saved.lastIndex = Math.min(state.saved.lastIndex, index);
  state.saving.lastIndex = Math.min(state.saving.lastIndex, index);
}

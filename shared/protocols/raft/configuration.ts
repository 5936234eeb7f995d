import type { ReplicaId } from "../protocol.ts";
import { majority } from "../majority.ts";
import type { Entry } from "./messages.ts";
import type { RaftState } from "./state.ts";

/** True for a replica that votes, by the newest configuration in this log, committed or not. */
export function isMember(state: RaftState, replica: ReplicaId): boolean {
  return state.members.includes(replica);
}

/**
 * True for a replica that may stand for election: a member, and one whose removal is not known to be committed. "It
 * might still be needed until the Cnew entry is committed"; it counts no vote of its own. Source: dissertation, section 4.2.2.
 */
export function mayStand(state: RaftState): boolean {
  const { self, commitIndex } = state;
  return isMember(state, self) || (isChanging(state) && configurationAt(state, commitIndex).members.includes(self));
}

/** Leader: true for those it sends its log to: members, who catches up to become one, and who is about to leave. */
export function isAddressed(state: RaftState, replica: ReplicaId): boolean {
  return isMember(state, replica) || state.joining?.replica === replica || state.leaving === replica;
}

/** True while a change of membership stands in the log and is not committed. */
export function isChanging(state: RaftState): boolean {
  return state.membersIndex > state.commitIndex;
}

/** The largest value that a majority of the members has reached; others don't count. `values` is by replica. */
export function reachedByMembers(state: RaftState, values: readonly number[]): number {
  const { members } = state;
  const quorum = majority(members.length);
  let best = 0;
  for (const candidate of members) {
    const reach = values[candidate] ?? 0;
    if (reach <= best) continue;
    let reached = 0;
    for (const member of members) if ((values[member] ?? 0) >= reach) reached += 1;
    if (reached >= quorum) best = reach;
  }
  return best;
}

/** True when a majority of the members said yes. `said` is by replica. */
export function isMajority(state: RaftState, said: readonly boolean[]): boolean {
  let count = 0;
  for (const member of state.members) if (said[member]) count += 1;
  return count >= majority(state.members.length);
}

/**
 * An entry was added to the log: a configuration is in force from now on. "A server always uses the latest configuration
 * in its log, regardless of whether the entry is committed." Source: section 6; dissertation, section 4.1.
 */
export function noteConfiguration(state: RaftState, index: number, entry: Entry): void {
  if (entry.members === undefined) return;
  state.members = entry.members;
  state.membersIndex = index;
}

/** Entries were taken out of the log, at either end: the newest configuration that is left counts. */
export function reviewConfiguration(state: RaftState): void {
  const { index, members } = configurationAt(state, state.base.index + state.log.length);
  state.members = members;
  state.membersIndex = index;
}

/** Who votes as of an index, and where that stands in the log. */
export function configurationAt(
  state: RaftState,
  index: number,
): { readonly index: number; readonly members: readonly ReplicaId[] } {
  const { base, log } = state;
  for (let place = index - base.index - 1; place >= 0; place--) {
    const members = log[place]?.members;
    if (members !== undefined) return { index: base.index + place + 1, members };
  }
  return { index: base.index, members: base.members };
}

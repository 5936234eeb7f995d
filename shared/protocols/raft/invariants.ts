import { invariant } from "../../core/invariant.ts";
import { configurationAt } from "./configuration.ts";
import { lastIndex } from "./log.ts";
import type { Entry } from "./messages.ts";
import type { RaftState } from "./state.ts";
import { CommittedLog } from "./committedLog.ts";

/** The replicas of one group, whoever runs them. The state of a replica that is down is the one it had. */
export interface RaftGroup {
  readonly replicas: number;
  state(replica: number): RaftState;
}

/** What was seen of a replica after the event before. */
interface Seen {
  state: RaftState | undefined;
  baseIndex: number;
  log: readonly Entry[];
  term: number;
  role: string;
  commitIndex: number;
}

/**
 * The five properties of figure 3 of the Raft paper, and what snapshots and changes of membership add to them, looked at
 * from outside: `check` is to be called after every event, and throws. Only what an event can have changed is looked at,
 * so that hundreds of schedules can be watched.
 */
export function watchRaft(group: RaftGroup): { readonly check: () => void; readonly committed: CommittedLog } {
  const leaderOfTerm = new Map<number, number>();
  const committed = new CommittedLog();
  /** By index and term: the entry that stands there in every log, and the term of the entry before it. */
  const entryOf = new Map<string, Entry>();
  const previousTerm = new Map<string, number>();
  const checked: Seen[] = Array.from({ length: group.replicas }, () => ({
    state: undefined,
    baseIndex: 0,
    log: [],
    term: 0,
    role: "",
    commitIndex: 0,
  }));

  const check = (): void => {
    for (let replica = 0; replica < group.replicas; replica++) look(replica, group.state(replica), checked[replica]!);
  };

  function look(replica: number, state: RaftState, seen: Seen): void {
    const isNew = seen.state !== state;
    if (isNew) Object.assign(seen, { state, commitIndex: 0, log: [], baseIndex: 0 });
    const wasLeading = !isNew && seen.role === "leader" && seen.term === state.currentTerm;
    if (wasLeading && state.role === "leader") leaderAppendOnly(replica, state, seen);
    if (isNew || lastIndex(state) !== lastOf(seen) || state.log.at(-1) !== seen.log.at(-1)) {
      logMatching(replica, state, seen);
    }
    stateMachineSafety(replica, state, seen);
    if (state.role === "leader") {
      electionSafety(replica, state);
      if (!wasLeading) leaderCompleteness(replica, state);
      oneChangeAtATime(replica, state);
    }
    if (isNew || state.base.index !== seen.baseIndex) compaction(replica, state);
    invariant(state.currentTerm >= seen.term || isNew, `term of ${replica} went back to ${state.currentTerm}`);
    seen.term = state.currentTerm;
    seen.role = state.role;
    seen.commitIndex = state.commitIndex;
    if (
      seen.baseIndex !== state.base.index ||
      lastOf(seen) !== lastIndex(state) ||
      seen.log.at(-1) !== state.log.at(-1)
    ) {
      seen.log = state.log.slice();
      seen.baseIndex = state.base.index;
    }
  }

  /** "At most one leader can be elected in a given term." */
  function electionSafety(replica: number, state: RaftState): void {
    const leader = leaderOfTerm.get(state.currentTerm) ?? replica;
    invariant(leader === replica, `election safety: ${leader} and ${replica} lead term ${state.currentTerm}`);
    leaderOfTerm.set(state.currentTerm, replica);
  }

  /** "A leader never overwrites or deletes entries in its log; it only appends new entries." What a snapshot covers may go. */
  function leaderAppendOnly(replica: number, state: RaftState, before: Seen): void {
    const last = lastOf(before);
    const isKept = last <= state.base.index || at(state, last) === before.log.at(-1);
    invariant(isKept, `leader append-only: ${replica} changed its log in term ${state.currentTerm}`);
  }

  /** "If two logs contain an entry with the same index and term, then the logs are identical in all entries up through the given index." */
  function logMatching(replica: number, state: RaftState, before: Seen): void {
    for (let index = lastIndex(state); index > state.base.index; index--) {
      const entry = at(state, index)!;
      if (before.log[index - 1 - before.baseIndex] === entry) return;
      const previous = at(state, index - 1)?.term ?? state.base.term;
      const place = `${index}/${entry.term}`;
      const known = entryOf.get(place) ?? entry;
      invariant(known === entry, `log matching: ${replica} holds another entry at ${index} of term ${entry.term}`);
      const knownPrevious = previousTerm.get(place) ?? previous;
      invariant(knownPrevious === previous, `log matching: ${replica} differs before ${index} of term ${entry.term}`);
      entryOf.set(place, entry);
      previousTerm.set(place, previous);
    }
  }

  /** "If a log entry is committed in a given term, then that entry will be present in the logs of the leaders for all higher-numbered terms." */
  function leaderCompleteness(replica: number, state: RaftState): void {
    for (let index = state.base.index + 1; index <= committed.length; index++) {
      // A leader of an old term may yet be elected by votes that were long on their way.
      if (committed.termOf(index) >= state.currentTerm) continue;
      const isThere = at(state, index) === committed.entry(index);
      invariant(isThere, `leader completeness: ${replica} leads without entry ${index}`);
    }
  }

  /** "If a server has applied a log entry at a given index, no other server will ever apply a different entry for the same index." */
  function stateMachineSafety(replica: number, state: RaftState, { commitIndex: before }: Seen): void {
    invariant(state.commitIndex >= before, `state machine safety: commit index of ${replica} went back`);
    invariant(state.registers.appliedIndex <= state.commitIndex, `${replica} applied what is not committed`);
    for (let index = Math.max(before, state.base.index) + 1; index <= state.commitIndex; index++) {
      const entry = at(state, index);
      invariant(entry !== undefined, `state machine safety: ${replica} commits ${index}, which it does not have`);
      const isSame = committed.commit(index, entry, state.currentTerm);
      invariant(isSame, `state machine safety: ${replica} commits another entry at ${index}`);
    }
  }

  /** The log is shortened by what is committed, and the state machine is what the whole log would have made it. */
  function compaction(replica: number, { base, commitIndex, registers, snapshot, saved }: RaftState): void {
    if (base.index === 0) return;
    invariant(base.index <= commitIndex, `compaction: ${replica} discarded what it had not committed`);
    const covered = saved.snapshot?.lastIncludedIndex ?? 0;
    invariant(base.index <= covered, `compaction: ${replica} discarded what no snapshot on its disk covers`);
    const { term } = committed.entry(base.index);
    invariant(base.term === term, `compaction: ${replica} takes entry ${base.index} to be of term ${base.term}`);
    const isMade = committed.makes(registers) && (snapshot === null || committed.makes(snapshot.registers));
    invariant(isMade, `state machine safety: ${replica} holds another state than its log makes`);
  }

  /** Majorities of two configurations share a member if one replica at most is new or gone. */
  function oneChangeAtATime(replica: number, state: RaftState): void {
    const { members } = configurationAt(state, state.commitIndex);
    if (members === state.members) return;
    const changed = [...members, ...state.members].filter(
      (one) => !(members.includes(one) && state.members.includes(one)),
    );
    invariant(changed.length <= 1, `membership: ${replica} changes ${members.join()} into ${state.members.join()}`);
  }

  return { check, committed };
}

function lastOf({ baseIndex, log }: Seen): number {
  return baseIndex + log.length;
}

function at({ base, log }: RaftState, index: number): Entry | undefined {
  return log[index - 1 - base.index];
}

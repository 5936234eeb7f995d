import { invariant } from "../../shared/core/invariant.ts";
import type { Entry, RaftMessage } from "../../shared/protocols/raft/messages.ts";
import type { RaftState } from "../../shared/protocols/raft/state.ts";
import type { Cluster } from "./cluster.ts";

/**
 * The five properties of figure 3 of the Raft paper, looked at from outside after every event. Only what an event can
 * have changed is looked at, so that hundreds of schedules can be watched.
 */
export function watchRaft(cluster: Cluster<RaftState, RaftMessage>): { readonly check: () => void } {
  const leaderOfTerm = new Map<number, number>();
  /** Entries in the order of the log, and the term in which each was committed. */
  const committed: Entry[] = [];
  const committedInTerm: number[] = [];
  /** By index and term: the entry that stands there in every log, and the term of the entry before it. */
  const entryAt = new Map<string, Entry>();
  const previousTerm = new Map<string, number>();
  const checked = Array.from({ length: cluster.replicas }, () => ({
    state: undefined as RaftState | undefined,
    log: [] as Entry[],
    term: 0,
    role: "",
    commitIndex: 0,
  }));

  const check = (): void => {
    for (let replica = 0; replica < cluster.replicas; replica++) {
      const state = cluster.state(replica);
      const seen = checked[replica]!;
      const isNew = seen.state !== state;
      if (isNew) Object.assign(seen, { state, commitIndex: 0, log: [] });
      const wasLeading = !isNew && seen.role === "leader" && seen.term === state.currentTerm;

      if (state.role === "leader") {
        electionSafety(replica, state);
        if (!wasLeading) leaderCompleteness(replica, state);
      }
      if (wasLeading && state.role === "leader") leaderAppendOnly(replica, state, seen.log);
      logMatching(replica, state, seen.log);
      stateMachineSafety(replica, state, seen.commitIndex);
      invariant(state.currentTerm >= seen.term || isNew, `term of ${replica} went back to ${state.currentTerm}`);
      invariant(state.registers.appliedIndex <= state.commitIndex, `${replica} applied what is not committed`);
      seen.term = state.currentTerm;
      seen.role = state.role;
      seen.commitIndex = state.commitIndex;
      if (seen.log.length !== state.log.length || seen.log.at(-1) !== state.log.at(-1)) seen.log = state.log.slice();
    }
  };

  /** "At most one leader can be elected in a given term." */
  function electionSafety(replica: number, state: RaftState): void {
    const leader = leaderOfTerm.get(state.currentTerm) ?? replica;
    invariant(leader === replica, `election safety: ${leader} and ${replica} lead term ${state.currentTerm}`);
    leaderOfTerm.set(state.currentTerm, replica);
  }

  /** "A leader never overwrites or deletes entries in its log; it only appends new entries." */
  function leaderAppendOnly(replica: number, state: RaftState, before: readonly Entry[]): void {
    const kept = state.log.length >= before.length && state.log[before.length - 1] === before.at(-1);
    invariant(kept, `leader append-only: ${replica} changed its log in term ${state.currentTerm}`);
  }

  /** "If two logs contain an entry with the same index and term, then the logs are identical in all entries up through the given index." */
  function logMatching(replica: number, state: RaftState, before: readonly Entry[]): void {
    let same = Math.min(before.length, state.log.length);
    while (same > 0 && before[same - 1] !== state.log[same - 1]) same -= 1;
    for (let index = same + 1; index <= state.log.length; index++) {
      const entry = state.log[index - 1]!;
      const previous = index > 1 ? state.log[index - 2]!.term : 0;
      const known = entryAt.get(`${index}/${entry.term}`) ?? entry;
      invariant(known === entry, `log matching: ${replica} holds another entry at ${index} of term ${entry.term}`);
      const knownPrevious = previousTerm.get(`${index}/${entry.term}`) ?? previous;
      invariant(knownPrevious === previous, `log matching: ${replica} differs before ${index} of term ${entry.term}`);
      entryAt.set(`${index}/${entry.term}`, entry);
      previousTerm.set(`${index}/${entry.term}`, previous);
    }
  }

  /** "If a log entry is committed in a given term, then that entry will be present in the logs of the leaders for all higher-numbered terms." */
  function leaderCompleteness(replica: number, state: RaftState): void {
    committed.forEach((entry, place) => {
      // A leader of an old term may yet be elected by votes that were long on their way.
      if (committedInTerm[place]! >= state.currentTerm) return;
      invariant(state.log[place] === entry, `leader completeness: ${replica} leads without entry ${place + 1}`);
    });
  }

  /** "If a server has applied a log entry at a given index, no other server will ever apply a different entry for the same index." */
  function stateMachineSafety(replica: number, state: RaftState, before: number): void {
    invariant(state.commitIndex >= before, `state machine safety: commit index of ${replica} went back`);
    for (let index = before + 1; index <= state.commitIndex; index++) {
      const entry = state.log[index - 1];
      invariant(entry !== undefined, `state machine safety: ${replica} commits ${index}, which it does not have`);
      const known = (committed[index - 1] ??= entry);
      committedInTerm[index - 1] ??= state.currentTerm;
      invariant(known === entry, `state machine safety: ${replica} commits another entry at ${index}`);
    }
  }

  return { check };
}

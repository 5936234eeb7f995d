import { usOf } from "../../core/time.ts";
import { isSilent } from "../progress.ts";
import type { ReplicaId } from "../protocol.ts";
import { isChanging, isMember } from "./configuration.ts";
import { appendEntry, lastIndex } from "./log.ts";
import { NOBODY } from "./messages.ts";
import { persist } from "./persistence.ts";
import { replicate } from "./replication.ts";
import type { RaftIo, RaftState } from "./state.ts";

/** Rounds in which a replica may catch up, and election timeouts that it may be silent, before it is given up. */
const ROUNDS_MAX = 10;

/**
 * Leader: true when a change of membership may begin: none is under way, and this term has committed an entry. Without
 * the second a leader could overlook that an earlier change, which it never saw, was committed: two majorities without
 * a common member. Source: dissertation, section 4.1; Ongaro 2015, "bug in single-server membership changes".
 */
function mayChange(state: RaftState): boolean {
  const isIdle = state.joining === null && state.transferTo === NOBODY;
  return state.role === "leader" && isIdle && !isChanging(state) && state.commitIndex >= state.termStartIndex;
}

/**
 * Leader: lets a replica catch up without a vote, in rounds, so that it does not hold up the group as a member that
 * lacks everything. False when it can't be. Source: dissertation, sections 4.1 and 4.2.1.
 */
export function addReplica(state: RaftState, io: RaftIo, replica: ReplicaId): boolean {
  if (!mayChange(state) || isMember(state, replica) || replica < 0 || replica >= io.replicas) return false;
  const { progress } = state;
  state.joining = { replica, round: 1, untilIndex: lastIndex(state), beganAtUs: io.clockUs(), silences: 0 };
  progress.nextIndex[replica] = lastIndex(state) + 1;
  progress.matchIndex[replica] = 0;
  progress.probing[replica] = true;
  progress.silentBeats[replica] = 0;
  progress.inFlight[replica]!.length = 0;
  state.outgoing[replica] = null;
  replicate(state, io);
  return true;
}

/** Leader: takes a vote away; its own too. The last member stays. False when it can't be. Source: dissertation, section 4.1. */
export function removeReplica(state: RaftState, io: RaftIo, replica: ReplicaId): boolean {
  if (!mayChange(state) || !isMember(state, replica) || state.members.length === 1) return false;
  state.leaving = replica;
  appendConfiguration(
    state,
    io,
    state.members.filter((member) => member !== replica),
  );
  return true;
}

/**
 * Leader: a replica that catches up answered. A round ends when it has what the log held as the round began; a round
 * shorter than an election timeout says that it is close enough. Source: dissertation, section 4.2.1, figure 4.5.
 */
export function continueCatchUp(state: RaftState, io: RaftIo, from: ReplicaId): void {
  const { joining } = state;
  if (joining?.replica !== from || (state.progress.matchIndex[from] ?? 0) < joining.untilIndex) return;
  const isQuick = io.clockUs() - joining.beganAtUs < usOf(state.config.electionTimeoutMs);
  if (isQuick || joining.round === ROUNDS_MAX) {
    state.joining = null;
    if (isQuick)
      appendConfiguration(
        state,
        io,
        [...state.members, from].toSorted((a, b) => a - b),
      );
    return;
  }
  joining.round += 1;
  joining.untilIndex = lastIndex(state);
  joining.beganAtUs = io.clockUs();
}

/** Leader, once in an election timeout: a replica that should catch up and is not heard for long is given up. */
export function checkJoining(state: RaftState): void {
  const { joining } = state;
  if (joining === null) return;
  joining.silences = isSilent(state.progress, joining.replica) ? joining.silences + 1 : 0;
  if (joining.silences === ROUNDS_MAX) state.joining = null;
}

function appendConfiguration(state: RaftState, io: RaftIo, members: readonly ReplicaId[]): void {
  appendEntry(state, { term: state.currentTerm, command: null, members });
  persist(state, io);
  replicate(state, io);
}

import { invariant } from "../../core/invariant.ts";
import { heard, isSilent, sent } from "../progress.ts";
import type { ReplicaId } from "../protocol.ts";
import { releaseReads } from "./applying.ts";
import { answerAppends } from "./following.ts";
import { NOBODY, type InstallSnapshot, type SnapshotReceived } from "./messages.ts";
import { persist } from "./persistence.ts";
import { becomeFollower, followLeader } from "./roles.ts";
import type { Incoming, RaftIo, RaftState } from "./state.ts";

/**
 * Rows of one part of a snapshot. The next part leaves when the last was answered, so that a snapshot takes a round trip
 * for each so many rows: the larger the state, the longer a replica is without it.
 */
export const ROWS_PER_PART = 1_024;

/** Leader: sends a follower the next part of a snapshot, or the same again as a heartbeat. Source: figure 13. */
export function sendSnapshot(state: RaftState, io: RaftIo, follower: ReplicaId): void {
  const { progress, saved } = state;
  invariant(saved.snapshot !== null, "raft: the log was shortened and there is no snapshot");
  const underWay = state.outgoing[follower] ?? null;
  // What the follower has by now may be more than what it was being sent.
  const isUseful = underWay !== null && underWay.snapshot.lastIncludedIndex >= (progress.nextIndex[follower] ?? 1);
  const outgoing = isUseful ? underWay : { snapshot: saved.snapshot, offset: 0 };
  state.outgoing[follower] = outgoing;
  const { snapshot, offset } = outgoing;
  const rows = isSilent(progress, follower) ? 0 : Math.min(ROWS_PER_PART, snapshot.rows - offset);
  const { round } = progress;
  io.send(follower, { type: "installSnapshot", term: state.currentTerm, snapshot, offset, rows, round });
  progress.probing[follower] = true;
  sent(progress, follower, 0);
}

/** Leader: a follower tells how much of the snapshot it has; the part that follows leaves, if that is news. */
export function receiveSnapshotReceived(
  state: RaftState,
  io: RaftIo,
  from: ReplicaId,
  message: SnapshotReceived,
): void {
  if (message.term > state.currentTerm) {
    becomeFollower(state, io, message.term, NOBODY);
    return;
  }
  if (state.role !== "leader" || message.term < state.currentTerm) return;
  state.heardSinceCheck[from] = true;
  heard(state.progress, from, message.round);
  releaseReads(state, io);
  const outgoing = state.outgoing[from] ?? null;
  if (outgoing?.snapshot.lastIncludedIndex !== message.lastIncludedIndex) return;
  const isNews = outgoing.offset !== message.rows;
  outgoing.offset = message.rows;
  if (isNews && message.rows < outgoing.snapshot.rows) sendSnapshot(state, io, from);
}

/**
 * Follower: a part of a snapshot came. Parts are taken in order; the whole of it is saved, and takes effect when it is
 * durable. One that holds nothing new is answered like entries that were there. Source: figure 13, receiver rules.
 */
export function receiveInstallSnapshot(state: RaftState, io: RaftIo, from: ReplicaId, message: InstallSnapshot): void {
  const { snapshot, offset, rows } = message;
  if (!followLeader(state, io, { from, term: message.term, round: message.round })) {
    tellReceived(state, io, from, { lastIncludedIndex: snapshot.lastIncludedIndex, rows: 0 });
    return;
  }
  if (snapshot.lastIncludedIndex <= state.commitIndex) {
    state.verifiedIndex = Math.max(state.verifiedIndex, snapshot.lastIncludedIndex);
    state.owesAnswer = true;
    answerAppends(state, io);
    return;
  }
  const incoming = incomingOf(state, message);
  const isLast = offset === incoming.rows && offset + rows === snapshot.rows;
  if (offset === incoming.rows) incoming.rows += rows;
  if (isLast) persist(state, io);
  else tellReceived(state, io, from, { lastIncludedIndex: snapshot.lastIncludedIndex, rows: incoming.rows });
}

/** The snapshot that is on its way; another one takes its place. Two of one index are the same, whoever sends them. */
function incomingOf(state: RaftState, { snapshot }: InstallSnapshot): Incoming {
  if (state.incoming?.snapshot.lastIncludedIndex !== snapshot.lastIncludedIndex) {
    state.incoming = { snapshot, rows: 0, isSaving: false };
  }
  return state.incoming;
}

function tellReceived(
  state: RaftState,
  io: RaftIo,
  to: ReplicaId,
  told: { readonly lastIncludedIndex: number; readonly rows: number },
): void {
  const { currentTerm: term, heardRound: round } = state;
  io.send(to, { type: "snapshotReceived", term, round, ...told });
}

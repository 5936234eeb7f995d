import { usOf } from "../../core/time.ts";
import type { ReplicaId } from "../protocol.ts";
import { isChanging } from "./configuration.ts";
import { lastIndex } from "./log.ts";
import { NOBODY, type Whereabouts } from "./messages.ts";
import { becomeFollower } from "./roles.ts";
import { TIMER, type RaftIo, type RaftState } from "./state.ts";

/**
 * Raft assumes that a disk is never lost: a replica that forgot its vote and log could help to elect a leader that lacks
 * committed entries. So a replica without its disk asks all others where they are, takes the newest term among them once
 * its leader is known, and neither votes nor stands until its log is as long as that leader's was. All other members
 * must answer, unless the leader has taken this one out: then none of its old votes counts any more.
 * Differs: a replica that lost its disk recovers after Liskov & Cowling 2012 ("Viewstamped replication revisited"),
 * section 4.3, but all other members must answer, not a majority; messages of its earlier life are taken to be gone by
 * then.
 */
export function askWhereabouts(state: RaftState, io: RaftIo): void {
  const { whereabouts } = state;
  if (whereabouts === null) return;
  for (let replica = 0; replica < io.replicas; replica++) {
    if (replica !== io.self) io.send(replica, { type: "diskLost" });
  }
  whereabouts.terms.fill(null);
  whereabouts.members = null;
  io.setTimer(TIMER.askWhereabouts, usOf(state.config.electionTimeoutMs));
}

/** Another replica lost its disk: a leader forgets what that one held, and everybody tells where they are. */
export function receiveDiskLost(state: RaftState, io: RaftIo, from: ReplicaId): void {
  const leads = state.role === "leader";
  if (leads) {
    state.progress.matchIndex[from] = 0;
    state.progress.nextIndex[from] = 1;
    state.progress.probing[from] = true;
    state.outgoing[from] = null;
  }
  const knows = leads && !isChanging(state);
  io.send(from, {
    type: "whereabouts",
    term: state.currentTerm,
    leaderLastIndex: knows ? lastIndex(state) : -1,
    members: knows ? state.members : [],
  });
}

/** An answer to `diskLost`: with all that count, and a leader of the newest term among them, the replica starts anew. */
export function receiveWhereabouts(state: RaftState, io: RaftIo, from: ReplicaId, message: Whereabouts): void {
  const { whereabouts } = state;
  if (whereabouts === null) return;
  whereabouts.terms[from] = message.term;
  if (message.leaderLastIndex >= 0 && message.term >= state.currentTerm) {
    state.electableFrom = message.leaderLastIndex;
    state.currentTerm = message.term;
    whereabouts.members = message.members;
  }
  const newest = newestTerm(whereabouts, io);
  if (newest === null || newest !== state.currentTerm) return;
  state.whereabouts = null;
  io.cancelTimer(TIMER.askWhereabouts);
  state.currentTerm = 0;
  becomeFollower(state, io, newest, NOBODY);
}

/** The newest term that was told; null while somebody who counts has not answered. */
function newestTerm({ terms, members }: NonNullable<RaftState["whereabouts"]>, io: RaftIo): number | null {
  if (members === null) return null;
  const counts = members.includes(io.self);
  let newest = 0;
  for (let replica = 0; replica < io.replicas; replica++) {
    if (replica === io.self) continue;
    const term = terms[replica] ?? null;
    if (term === null && counts && members.includes(replica)) return null;
    newest = Math.max(newest, term ?? 0);
  }
  return newest;
}

import { usOf } from "../../core/time.ts";
import type { ReplicaId } from "../protocol.ts";
import { askFor } from "./asking.ts";
import { TIMER, type Coordination, type QuorumIo, type QuorumState } from "./state.ts";

/** A node that let a request wait for a beat is passed over for so many beats, or until it is heard of. */
const SUSPECTED_BEATS = 20;

/**
 * Sloppy quorum: every part of a request goes to the first healthy nodes of the preference list. A node further down
 * stands in for a replica that does not answer: it keeps the write for that replica, and answers reads with what it
 * keeps. Writes stay possible while any nodes are up; but read and write quorums need not meet any more, so that even
 * with R + W > N a read may miss the newest write. Only at `eventual`: the other stops rest on quorums that meet.
 * Source: DeCandia et al. 2007, "Dynamo", section 4.6.
 * Simplified: a node suspects another after one to two heartbeats without an answer to a request, each for itself.
 */
export function isSloppy({ config }: QuorumState): boolean {
  return config.standIns > 0 && config.stop === "eventual";
}

/** Whom a phase asks for a replica's part: the replica, or if it is suspected, a node that stands in for it. */
export function nodeFor(state: QuorumState, io: QuorumIo, one: Coordination, replica: ReplicaId): ReplicaId {
  if (!isSloppy(state) || replica === io.self || state.suspected[replica] === 0) return replica;
  return nextStandIn(state, io, one) ?? replica;
}

/** A message came: its sender is well. */
export function heardOf(state: QuorumState, from: ReplicaId): void {
  if (state.suspected[from] !== undefined) state.suspected[from] = 0;
}

/** Sets the timer of suspicion while a coordinator has something to wait for. */
export function startBeats(state: QuorumState, io: QuorumIo): void {
  if (isSloppy(state) && state.coordinations.size === 1) io.setTimer(TIMER.suspicion, usOf(state.config.heartbeatMs));
}

/** A beat is over: who has let a request wait for a whole beat is suspected, and somebody else is asked for its part. */
export function suspectSilent(state: QuorumState, io: QuorumIo): void {
  state.suspected.forEach((beats, node) => (state.suspected[node] = Math.max(0, beats - 1)));
  for (const one of state.coordinations.values()) {
    one.beats += 1;
    const isWaiting = !one.isAnswered || one.phase === "store";
    if (isSloppy(state) && isWaiting && one.beats > 1) replaceSilent(state, io, one);
  }
  const isBusy = state.coordinations.size > 0 || state.suspected.some((beats) => beats > 0);
  if (isBusy) io.setTimer(TIMER.suspicion, usOf(state.config.heartbeatMs));
}

function replaceSilent(state: QuorumState, io: QuorumIo, one: Coordination): void {
  for (let replica = 0; replica < io.replicas; replica++) {
    const silent = one.asked[replica]!;
    if (one.answered[replica] || silent === io.self) continue;
    state.suspected[silent] = SUSPECTED_BEATS;
    const next = nextStandIn(state, io, one);
    if (next !== undefined) askFor(state, io, { one, replica, node: next });
  }
}

/** The first healthy node of the preference list that has no part in this phase yet. */
function nextStandIn(state: QuorumState, io: QuorumIo, one: Coordination): ReplicaId | undefined {
  for (let node = io.replicas; node < io.replicas + state.config.standIns; node++) {
    if (state.suspected[node] === 0 && !one.asked.includes(node)) return node;
  }
  return undefined;
}

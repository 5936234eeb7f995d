import { usOf } from "../../core/time.ts";
import { majority } from "../majority.ts";
import { SWEEPS_PER_TIMEOUT } from "../parkedReads.ts";
import type { ReplicaId, StoreRequest } from "../protocol.ts";
import { askFor, countAnswer } from "./asking.ts";
import { isNewer, type Cell } from "./cell.ts";
import { nextAttempt } from "./claims.ts";
import { NO_ANSWER } from "./messages.ts";
import { newerOf } from "./siblings.ts";
import { nodeFor, startBeats } from "./standIns.ts";
import { TIMER, type Coordination, type QuorumIo, type QuorumState } from "./state.ts";

/** `asked` of a part that nobody was asked for. */
const NOBODY = -1;

/** A coordination that has not asked anybody yet. */
export function coordinate(state: QuorumState, io: QuorumIo, request: number, body: StoreRequest): Coordination {
  if (state.coordinations.size === 0)
    io.setTimer(TIMER.sweep, usOf(state.config.requestTimeoutMs / SWEEPS_PER_TIMEOUT));
  return {
    request,
    body,
    token: NO_ANSWER,
    phase: "fetch",
    isAnswered: false,
    needed: 0,
    answered: new Array<boolean>(io.replicas).fill(false),
    answers: 0,
    asked: new Array<ReplicaId>(io.replicas).fill(NOBODY),
    beats: 0,
    newest: null,
    told: new Array<Cell | null>(io.replicas).fill(null),
    attempt: nextAttempt(state, io.self),
    claims: 0,
    isRetry: false,
    cell: null,
    isSpread: false,
    sweeps: SWEEPS_PER_TIMEOUT,
  };
}

/** Asks all replicas, or who stands in for them, for their version of the key. */
export function fetchFromAll(state: QuorumState, io: QuorumIo, one: Coordination): void {
  one.claims = 0;
  beginPhase(state, io, one, "fetch");
  for (let replica = 0; replica < io.replicas; replica++) {
    askFor(state, io, { one, replica, node: nodeFor(state, io, one, replica) });
  }
}

/**
 * Places a version on all replicas that are not known to hold it; those that are count as answers. A write with siblings
 * goes to the own disk first: whoever learns of an event must learn of all earlier ones of its coordinator, too.
 */
export function storeOnAll(state: QuorumState, io: QuorumIo, one: Coordination, cell: Cell): void {
  const held = one.told.map((told) => told !== null && !isNewer(cell, told));
  one.cell = cell;
  one.isSpread = cell.causal === null || one.body.kind === "read";
  beginPhase(state, io, one, "store");
  for (let replica = 0; replica < io.replicas; replica++) {
    if (held[replica]) countAnswer(one, replica);
    else if (one.isSpread || replica === io.self)
      askFor(state, io, { one, replica, node: nodeFor(state, io, one, replica) });
  }
}

/** The version is on the own disk: the other replicas get it. */
export function spread(state: QuorumState, io: QuorumIo, one: Coordination): void {
  one.isSpread = true;
  for (let replica = 0; replica < io.replicas; replica++) {
    if (!one.answered[replica]) askFor(state, io, { one, replica, node: nodeFor(state, io, one, replica) });
  }
}

/** Notes the version that a replica told. */
export function noteVersion(one: Coordination, replica: ReplicaId, cell: Cell | null): void {
  one.told[replica] = cell;
  one.newest = newerOf(one.newest, cell);
}

/** Nothing more is expected. */
export function endCoordination(state: QuorumState, one: Coordination): void {
  state.coordinations.delete(one.token);
}

function beginPhase(state: QuorumState, io: QuorumIo, one: Coordination, phase: Coordination["phase"]): void {
  endCoordination(state, one);
  one.phase = phase;
  one.needed = phase === "fetch" ? readQuorumOf(state, io) : writeQuorumOf(state, io);
  one.answered.fill(false);
  one.answers = 0;
  one.asked.fill(NOBODY);
  one.beats = 0;
  one.token = state.nextToken;
  state.nextToken += 1;
  state.coordinations.set(one.token, one);
  startBeats(state, io);
}

/** Answers that a read waits for: as configured, but from `session` on at least a majority, so that quorums meet. */
function readQuorumOf(state: QuorumState, io: QuorumIo): number {
  return quorumOf(state, io, state.config.readQuorum);
}

/** Answers that a write waits for. */
function writeQuorumOf(state: QuorumState, io: QuorumIo): number {
  return quorumOf(state, io, state.config.writeQuorum);
}

function quorumOf(state: QuorumState, io: QuorumIo, configured: number): number {
  const least = state.config.stop === "eventual" ? 1 : majority(io.replicas);
  return Math.max(least, Math.min(configured, io.replicas));
}

import { usOf } from "../../core/time.ts";
import { majority } from "../majority.ts";
import { SWEEPS_PER_TIMEOUT } from "../parkedReads.ts";
import type { ReplicaId, StoreRequest } from "../protocol.ts";
import { isNewer, newerOf, type Cell } from "./cell.ts";
import { NO_ANSWER } from "./messages.ts";
import { storeHere } from "./replica.ts";
import { TIMER, type Coordination, type QuorumIo, type QuorumState } from "./state.ts";

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
    newest: null,
    told: new Array<Cell | null>(io.replicas).fill(null),
    isRetry: false,
    cell: null,
    sweeps: SWEEPS_PER_TIMEOUT,
  };
}

/** Asks all other replicas for their version of the key. */
export function fetchFromOthers(state: QuorumState, io: QuorumIo, one: Coordination): void {
  beginPhase(state, one, "fetch", readQuorumOf(state, io));
  const { token } = one;
  const { key } = one.body;
  const operation = one.body.kind === "read" ? -1 : one.body.operation;
  for (let replica = 0; replica < io.replicas; replica++) {
    if (replica !== io.self) io.send(replica, { type: "fetch", token, key, operation });
  }
}

/** Places a version on all replicas that are not known to hold it; those that are count as answers. */
export function storeOnAll(state: QuorumState, io: QuorumIo, one: Coordination, cell: Cell): void {
  const held = one.told.map((told) => told !== null && !isNewer(cell, told));
  beginPhase(state, one, "store", writeQuorumOf(state, io));
  const { token } = one;
  one.cell = cell;
  for (let replica = 0; replica < io.replicas; replica++) {
    if (held[replica]) countAnswer(one, replica);
    else if (replica !== io.self) io.send(replica, { type: "store", token, key: one.body.key, cell });
    else storeHere(state, io, { key: one.body.key, cell, from: io.self, token, handoff: null });
  }
}

/** Counts a replica's answer to the present phase; false when it had answered before. */
export function countAnswer(one: Coordination, replica: ReplicaId): boolean {
  if (one.answered[replica]) return false;
  one.answered[replica] = true;
  one.answers += 1;
  return true;
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

function beginPhase(state: QuorumState, one: Coordination, phase: Coordination["phase"], needed: number): void {
  endCoordination(state, one);
  one.phase = phase;
  one.needed = needed;
  one.answered.fill(false);
  one.answers = 0;
  one.token = state.nextToken;
  state.nextToken += 1;
  state.coordinations.set(one.token, one);
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

import type { StoreRequest } from "../protocol.ts";
import { isNewer } from "./cell.ts";
import { coordinate, endCoordination, fetchFromAll, storeOnAll } from "./coordination.ts";
import { ITSELF, NO_ANSWER } from "./messages.ts";
import { storeHere } from "./replica.ts";
import { valuesOf } from "./siblings.ts";
import type { Coordination, QuorumIo, QuorumState } from "./state.ts";

/** A client reads: all replicas are asked, the answers of a read quorum decide. */
export function beginRead(state: QuorumState, io: QuorumIo, request: number, body: StoreRequest): Coordination {
  const one = coordinate(state, io, request, body);
  fetchFromAll(state, io, one);
  return one;
}

/**
 * A replica told its version. At `eventual` the newest of the quorum is the answer; above it, the quorum must agree, or
 * the newest is written back to a quorum before anybody gets to see it: no later read returns an older value.
 * Source: Attiya, Bar-Noy & Dolev 1995, "Sharing memory robustly in message-passing systems", section 3.
 */
export function continueRead(state: QuorumState, io: QuorumIo, one: Coordination): void {
  if (!one.isAnswered && one.answers >= one.needed) {
    const { newest } = one;
    if (newest !== null && state.config.stop !== "eventual" && !agree(one)) {
      storeOnAll(state, io, one, newest);
      continueWriteBack(state, io, one);
      return;
    }
    answerNewest(io, one);
  }
  if (!one.isAnswered) return;
  const isComplete = one.answers === io.replicas;
  if (isComplete && state.config.readRepair) repairStale(state, io, one);
  if (isComplete || !state.config.readRepair) endCoordination(state, one);
}

/** A replica acknowledged the version that a read writes back. */
export function continueWriteBack(state: QuorumState, io: QuorumIo, one: Coordination): void {
  if (one.answers < one.needed) return;
  answerNewest(io, one);
  endCoordination(state, one);
}

/**
 * Read repair: replicas that told an older version, or none, get the newest that this read saw. The client has its
 * answer already, and nobody waits. Source: DeCandia et al. 2007, "Dynamo", section 5.
 */
export function repairStale(state: QuorumState, io: QuorumIo, one: Coordination): void {
  const { newest } = one;
  if (newest === null) return;
  one.told.forEach((told, replica) => {
    if (!one.answered[replica] || replica === io.self || !isNewer(newest, told)) return;
    io.send(replica, { type: "store", token: NO_ANSWER, key: one.body.key, cell: newest, standsFor: ITSELF });
  });
  if (isNewer(newest, state.cells.get(one.body.key) ?? null)) repairSelf(state, io, one);
}

function repairSelf(state: QuorumState, io: QuorumIo, one: Coordination): void {
  if (io.self >= io.replicas || one.newest === null) return;
  const own = { from: io.self, token: NO_ANSWER, standsFor: ITSELF, handoff: null };
  storeHere(state, io, { key: one.body.key, cell: one.newest, ...own });
}

function agree(one: Coordination): boolean {
  return one.told.every((told, replica) => !one.answered[replica] || !isNewer(one.newest, told));
}

function answerNewest(io: QuorumIo, one: Coordination): void {
  const { newest } = one;
  one.isAnswered = true;
  const values = valuesOf(newest);
  const told = values === undefined ? {} : { values, context: newest!.causal!.clock };
  io.answer(one.request, { outcome: "ok", value: newest?.value ?? null, position: newest?.stampUs ?? 0, ...told });
}

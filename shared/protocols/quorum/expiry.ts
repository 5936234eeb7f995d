import { usOf } from "../../core/time.ts";
import { SWEEPS_PER_TIMEOUT } from "../parkedReads.ts";
import { releaseClaim } from "./claims.ts";
import { endCoordination, fetchFromAll } from "./coordination.ts";
import { keepHint } from "./handoff.ts";
import { repairStale } from "./reads.ts";
import { TIMER, type Coordination, type QuorumIo, type QuorumState } from "./state.ts";

/** Some time is over: requests that have waited for their quorum for three to four quarters of their time are given up. */
export function sweepCoordinations(state: QuorumState, io: QuorumIo): void {
  const notGranted: Coordination[] = [];
  for (const one of state.coordinations.values()) {
    one.sweeps -= 1;
    if (one.sweeps > 0) {
      if (one.body.kind !== "read" && one.phase === "fetch" && one.answers >= one.needed) notGranted.push(one);
      continue;
    }
    endCoordination(state, one);
    giveUp(state, io, one);
  }
  for (const one of notGranted) fetchFromAll(state, io, one);
  if (state.coordinations.size > 0) io.setTimer(TIMER.sweep, usOf(state.config.requestTimeoutMs / SWEEPS_PER_TIMEOUT));
}

/**
 * A read that found no quorum is refused, and so is a write that placed nothing yet. A write that some replicas may have
 * is never answered: nobody knows whether it will count. It is kept for those that did not acknowledge it.
 */
function giveUp(state: QuorumState, io: QuorumIo, one: Coordination): void {
  const isPlaced = one.body.kind !== "read" && one.phase === "store";
  if (!isPlaced) releaseClaim(state, one.body.operation, one.attempt);
  if (!one.isAnswered && !isPlaced) io.answer(one.request, { outcome: "refused", reason: "quorumUnreachable" });
  if (one.body.kind === "read" && one.phase === "fetch" && state.config.readRepair) repairStale(state, io, one);
  if (!isPlaced || one.cell === null || !one.isSpread || !state.config.hintedHandoff) return;
  for (let replica = 0; replica < io.replicas; replica++) {
    if (!one.answered[replica] && replica !== io.self)
      keepHint(state, io, replica, { key: one.body.key, cell: one.cell });
  }
}

import type { ReplicaIo } from "./protocol.ts";
import { answerRead, type PendingRead, type Registers } from "./registers.ts";

/**
 * A read that a replica holds back until it has applied what the session has already seen. That wait is what turns
 * reads from any replica into session guarantees.
 * Source: Terry et al. 1994, "Session guarantees for weakly consistent replicated data", section 4.
 */
export interface ParkedRead extends PendingRead {
  /** Position that must be applied before the answer. */
  readonly position: number;
  /** Sweeps left before the replica gives up. */
  sweeps: number;
}

/** A parked read is given up at its second sweep: after one to two quarters of the request's time. */
const SWEEPS = 2;

/** Sweeps come this many times in `requestTimeoutMs`. */
export const SWEEPS_PER_TIMEOUT = 4;

/** Holds a read back until `position` is applied. */
export function park(parked: ParkedRead[], read: PendingRead, position: number): void {
  parked.push({ request: read.request, key: read.key, position, sweeps: SWEEPS });
}

/** Answers the reads whose position has been applied. */
export function releaseParked(parked: ParkedRead[], registers: Registers, io: Pick<ReplicaIo<never>, "answer">): void {
  if (parked.length === 0) return;
  let kept = 0;
  for (const read of parked) {
    if (read.position <= registers.appliedIndex) answerRead(io, registers, read);
    else parked[kept++] = read;
  }
  parked.length = kept;
}

/** One sweep: takes out and returns the reads that have waited long enough, longest first. */
export function sweepParked(parked: ParkedRead[]): ParkedRead[] {
  const expired = parked.filter((read) => (read.sweeps -= 1) <= 0);
  if (expired.length === 0) return expired;
  let kept = 0;
  for (const read of parked) if (read.sweeps > 0) parked[kept++] = read;
  parked.length = kept;
  return expired;
}

import { usOf, type Us } from "../../core/time.ts";
import { dropFirst, firstOf } from "../fifo.ts";
import { reachedByMembers } from "./configuration.ts";
import type { RaftIo, RaftState } from "./state.ts";

const MILLION = 1_000_000;

/** Leader: a round of appends begins; when a majority has answered it, the lease counts from here. */
export function noteRoundStart(state: RaftState, io: RaftIo): void {
  if (state.config.reads === "lease") state.roundStarts.items.push({ round: state.progress.round, atUs: io.clockUs() });
}

/** Leader: somebody answered, so that a newer round may be confirmed. */
export function renewLease(state: RaftState): void {
  let start = firstOf(state.roundStarts);
  if (start === undefined) return;
  const confirmed = reachedByMembers(state, state.progress.answeredRound);
  while (start !== undefined && start.round <= confirmed) {
    state.leaseStartUs = start.atUs;
    dropFirst(state.roundStarts);
    start = firstOf(state.roundStarts);
  }
}

/**
 * True while no other leader can have been elected, if clocks keep to `leaseMarginPpm`: those who answered a round help
 * to elect nobody for an election timeout after it. Wrong as soon as this clock runs slower than that, or is set back:
 * then a deposed leader answers from a past that is over. A leader that asked another to take over gave up its lease.
 * Source: dissertation, section 6.4.1.
 */
export function holdsLease(state: RaftState, io: RaftIo): boolean {
  if (state.config.reads !== "lease" || state.leaseStartUs === null || state.transferAsked) return false;
  return io.clockUs() < state.leaseStartUs + leaseUs(state);
}

/** An election timeout, shortened by how far two clocks may drift apart meanwhile. */
function leaseUs(state: RaftState): Us {
  const { electionTimeoutMs, leaseMarginPpm } = state.config;
  return (usOf(electionTimeoutMs) * (MILLION - leaseMarginPpm)) / MILLION;
}

import { dropFirst, firstOf } from "../fifo.ts";
import { releaseParked } from "../parkedReads.ts";
import { answerRead, applyCommand } from "../registers.ts";
import { reachedByMembers } from "./configuration.ts";
import { entryAt } from "./log.ts";
import { takeSnapshot } from "./snapshots.ts";
import type { RaftIo, RaftState } from "./state.ts";

/**
 * Moves the commit index forward and applies what is committed, in order; a leader answers the writes it took.
 * Source: section 5.3 and figure 2, "if commitIndex > lastApplied".
 */
export function commitUpTo(state: RaftState, io: RaftIo, index: number): void {
  if (index <= state.commitIndex) return;
  state.commitIndex = index;
  for (let next = state.registers.appliedIndex + 1; next <= index; next++) {
    const answer = applyCommand(state.registers, next, entryAt(state, next).command);
    const waiting = firstOf(state.writes);
    if (waiting?.index !== next) continue;
    dropFirst(state.writes);
    io.answer(waiting.request, answer);
  }
  releaseParked(state.parked, state.registers, io);
  if (state.role === "leader") releaseReads(state, io);
  takeSnapshot(state);
}

/**
 * Answers the linearizable reads whose round a quorum has answered and whose read index is applied; a follower that
 * asked for the read index is told it. Source: dissertation, section 6.4, steps 3 to 5.
 */
export function releaseReads(state: RaftState, io: RaftIo): void {
  let read = firstOf(state.reads);
  if (read === undefined) return;
  const confirmed = reachedByMembers(state, state.progress.answeredRound);
  while (read !== undefined && read.round <= confirmed && read.readIndex <= state.registers.appliedIndex) {
    dropFirst(state.reads);
    const { asker, request, readIndex } = read;
    if (asker === io.self) answerRead(io, state.registers, read);
    else io.send(asker, { type: "readIndexAnswer", term: state.currentTerm, request, readIndex });
    read = firstOf(state.reads);
  }
}

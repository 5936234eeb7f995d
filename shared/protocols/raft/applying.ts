import { invariant } from "../../core/invariant.ts";
import { dropFirst, firstOf } from "../fifo.ts";
import { releaseParked } from "../parkedReads.ts";
import { reachedByQuorum, majority } from "../majority.ts";
import { answerRead, applyCommand } from "../registers.ts";
import type { RaftIo, RaftState } from "./state.ts";

/**
 * Moves the commit index forward and applies what is committed, in order; a leader answers the writes it took.
 * Source: section 5.3 and figure 2, "if commitIndex > lastApplied".
 */
export function commitUpTo(state: RaftState, io: RaftIo, index: number): void {
  if (index <= state.commitIndex) return;
  state.commitIndex = index;
  for (let next = state.registers.appliedIndex + 1; next <= index; next++) {
    const entry = state.log[next - 1];
    invariant(entry !== undefined, `raft: committed entry ${next} is not in the log`);
    const answer = applyCommand(state.registers, next, entry.command);
    const waiting = firstOf(state.writes);
    if (waiting?.index !== next) continue;
    dropFirst(state.writes);
    io.answer(waiting.request, answer);
  }
  releaseParked(state.parked, state.registers, io);
  if (state.role === "leader") releaseReads(state, io);
}

/**
 * Answers the linearizable reads whose round a quorum has answered and whose read index is applied.
 * Source: dissertation, section 6.4, steps 3 and 4.
 */
export function releaseReads(state: RaftState, io: RaftIo): void {
  let read = firstOf(state.reads);
  if (read === undefined) return;
  const confirmed = reachedByQuorum(state.progress.answeredRound, majority(io.replicas));
  while (read !== undefined && read.round <= confirmed && read.readIndex <= state.registers.appliedIndex) {
    dropFirst(state.reads);
    answerRead(io, state.registers, read);
    read = firstOf(state.reads);
  }
}

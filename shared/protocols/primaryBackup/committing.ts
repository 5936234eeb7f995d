import { invariant } from "../../core/invariant.ts";
import { dropFirst, firstOf } from "../fifo.ts";
import { releaseParked } from "../parkedReads.ts";
import { answerRead, applyCommand } from "../registers.ts";
import type { PrimaryBackupIo, PrimaryBackupState } from "./state.ts";

/** Applies what is committed, in order; the primary answers the writes it took, and the reads that waited for them. */
export function commitUpTo(state: PrimaryBackupState, io: PrimaryBackupIo, index: number): void {
  if (index <= state.committedIndex) return;
  state.committedIndex = index;
  for (let next = state.registers.appliedIndex + 1; next <= index; next++) {
    const entry = state.log[next - 1];
    invariant(entry !== undefined, `primaryBackup: committed entry ${next} is not in the log`);
    const answer = applyCommand(state.registers, next, entry.write);
    const waiting = firstOf(state.writes);
    if (waiting?.index !== next) continue;
    dropFirst(state.writes);
    io.answer(waiting.request, answer);
  }
  releaseParked(state.parked, state.registers, io);
  releaseReads(state, io);
}

/** Primary in mode sync: answers the reads whose round every member has confirmed. */
export function releaseReads(state: PrimaryBackupState, io: PrimaryBackupIo): void {
  let read = firstOf(state.reads);
  if (read === undefined) return;
  const confirmed = leastOf(state.progress.answeredRound, state.members);
  while (read !== undefined && read.round <= confirmed && read.index <= state.committedIndex) {
    dropFirst(state.reads);
    answerRead(io, state.registers, read);
    read = firstOf(state.reads);
  }
}

/** The least of the members' values: what every one of them has reached. */
export function leastOf(values: readonly number[], members: readonly number[]): number {
  let least = Infinity;
  for (const member of members) least = Math.min(least, values[member] ?? 0);
  return least;
}

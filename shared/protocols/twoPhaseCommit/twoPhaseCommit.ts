import { acknowledged, announce, repeat, takeVote } from "./coordinator.ts";
import { settled } from "./journal.ts";
import type { CommitMessage, SiteId } from "./messages.ts";
import { concluded, learn, prepare, promised } from "./participant.ts";
import { arm, type CommitIo, type CommitState } from "./state.ts";
import { askAround, asked } from "./termination.ts";

/**
 * Two-phase commit with presumed abort: all sites of a transaction commit it, or none does. A site may coordinate some
 * transactions and take part in others. These are pure steps: whoever owns the state calls them with what happened.
 * Source: Gray 1978, "Notes on data base operating systems", section 5.8.3.3; Bernstein, Hadzilacos & Goodman 1987,
 * chapter 7; presumed abort: Mohan, Lindsay & Obermarck 1986.
 * Simplified: participants never forget an outcome (a match is short), and there is no presumed-abort short cut for
 * participants that only read: they vote and are told as the others.
 */
export function receive<Work>(
  state: CommitState<Work>,
  io: CommitIo<Work>,
  from: SiteId,
  message: CommitMessage<Work>,
): void {
  switch (message.type) {
    case "prepare":
      prepare(state, io, from, message);
      break;
    case "vote":
      takeVote(state, io, from, message);
      break;
    case "decision":
      learn(state, io, from, message);
      break;
    case "acknowledge":
      acknowledged(state, from, message.transaction);
      break;
    case "inquire":
      asked(state, io, from, message);
  }
}

/** The timer is due: what was not answered is said again, and who is in doubt asks around. */
export function timer<Work>(state: CommitState<Work>, io: CommitIo<Work>): void {
  state.armed = false;
  repeat(state, io);
  askAround(state, io);
  arm(state, io);
}

/** The disk has what it was given: promises and decisions that were waiting for it are told. */
export function synced<Work>(state: CommitState<Work>, io: CommitIo<Work>): void {
  for (const record of settled(state, io)) {
    if (record.type === "prepared") promised(state, io, record);
    else if (record.type === "decision") announce(state, io, record.transaction);
    else if (record.type === "outcome") concluded(state, io, record);
  }
}

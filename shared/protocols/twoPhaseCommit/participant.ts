import { force, note } from "./journal.ts";
import type { Ballot, CommitMessage, MessageOf, SiteId, TransactionId } from "./messages.ts";
import { arm, type CommitIo, type CommitState, type LogRecord } from "./state.ts";

type Prepare<Work> = Extract<CommitMessage<Work>, { type: "prepare" }>;

/** How a transaction ended, or shall end. */
interface Outcome {
  readonly transaction: TransactionId;
  readonly commit: boolean;
}

/** Asked to prepare: whoever keeps the data locks and checks, and answers with `vote`. Asked again: the same vote again. */
export function prepare<Work>(
  state: CommitState<Work>,
  io: CommitIo<Work>,
  from: SiteId,
  message: Prepare<Work>,
): void {
  const { transaction, participants, work } = message;
  const outcome = state.outcomes.get(transaction);
  const known = state.participated.get(transaction);
  if (outcome === false) sendVote(io, from, transaction, refusal("aborted"));
  else if (known?.phase === "inDoubt") sendVote(io, from, transaction, known.ballot!);
  if (outcome !== undefined || known !== undefined) return;
  const sinceUs = io.clockUs();
  state.participated.set(transaction, {
    coordinator: from,
    participants,
    work,
    ballot: null,
    phase: "preparing",
    sinceUs,
  });
  arm(state, io);
  io.prepare(transaction, work);
}

/** A no, and why. */
export function refusal(reason: string): Ballot {
  return { yes: false, reason, found: null };
}

/**
 * The data's own answer. A yes is a promise: it goes to the disk before it is told, and from then on the participant can
 * neither commit nor abort by itself. A no is final at once.
 */
export function vote<Work>(
  state: CommitState<Work>,
  io: CommitIo<Work>,
  transaction: TransactionId,
  ballot: Ballot,
): void {
  const it = state.participated.get(transaction);
  if (it?.phase !== "preparing") return;
  if (ballot.yes) {
    it.phase = "logging";
    it.ballot = ballot;
    const { coordinator, participants, work } = it;
    force(state, io, { type: "prepared", transaction, coordinator, participants, work, ballot });
  } else {
    end(state, io, transaction);
    sendVote(io, it.coordinator, transaction, ballot);
  }
}

/** The promise is on the disk: the vote is told. */
export function promised<Work>(state: CommitState<Work>, io: CommitIo<Work>, { transaction }: LogRecord<Work>): void {
  const it = state.participated.get(transaction);
  if (it?.phase !== "logging") return;
  it.phase = "inDoubt";
  it.sinceUs = io.clockUs();
  sendVote(io, it.coordinator, transaction, it.ballot!);
}

/** The coordinator, or another participant, tells how the transaction ended. */
export function learn<Work>(
  state: CommitState<Work>,
  io: CommitIo<Work>,
  from: SiteId,
  decision: MessageOf<"decision">,
): void {
  const { transaction, commit } = decision;
  const outcome = state.outcomes.get(transaction);
  const it = state.participated.get(transaction);
  if (outcome !== undefined && state.byHand.delete(transaction) && outcome !== commit) state.damaged += 1;
  if (it === undefined) {
    // Nothing is known of it, or nothing more: whoever waits for an acknowledgement shall have it.
    if (commit) io.send(from, { type: "acknowledge", transaction });
  } else if (!commit && it.phase !== "committing") end(state, io, transaction);
  else if (commit && it.phase === "inDoubt") {
    it.phase = "committing";
    force(state, io, { type: "outcome", transaction, commit, byHand: false });
  }
}

/**
 * An operator decides for a participant in doubt, so that its locks are free. The coordinator may have decided the other
 * thing: it is asked all the same, and if so the damage is counted. Source: X/Open XA 1991, section 2.3, heuristic decisions.
 */
export function decideByHand<Work>(state: CommitState<Work>, io: CommitIo<Work>, by: Outcome): void {
  const { transaction, commit } = by;
  const it = state.participated.get(transaction);
  if (it?.phase !== "inDoubt") return;
  state.byHand.add(transaction);
  if (commit) {
    it.phase = "committing";
    force(state, io, { type: "outcome", transaction, commit, byHand: true });
  } else end(state, io, transaction);
}

/** An outcome is on the disk: a commit takes effect and is acknowledged; who had asked about an abort is answered. */
export function concluded<Work>(state: CommitState<Work>, io: CommitIo<Work>, outcome: Outcome): void {
  const { transaction, commit } = outcome;
  const it = state.participated.get(transaction);
  if (commit && it?.phase === "committing") {
    state.participated.delete(transaction);
    state.outcomes.set(transaction, true);
    io.commit(transaction, it.work);
    io.send(it.coordinator, { type: "acknowledge", transaction });
  }
  if (commit) return;
  for (const asker of state.askers.get(transaction) ?? []) io.send(asker, { type: "decision", transaction, commit });
  state.askers.delete(transaction);
}

/** Ends an aborted transaction. Its record need not be forced: without it, the coordinator says the same once more. */
export function end<Work>(state: CommitState<Work>, io: CommitIo<Work>, transaction: TransactionId): void {
  const it = state.participated.get(transaction);
  state.participated.delete(transaction);
  state.outcomes.set(transaction, false);
  note(state, { type: "outcome", transaction, commit: false, byHand: state.byHand.has(transaction) });
  if (it !== undefined) io.abort(transaction, it.work);
}

function sendVote<Work>(io: CommitIo<Work>, to: SiteId, transaction: TransactionId, ballot: Ballot): void {
  io.send(to, { type: "vote", transaction, ballot });
}

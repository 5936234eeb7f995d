import { force, note } from "./journal.ts";
import type { MessageOf, SiteId, TransactionId } from "./messages.ts";
import { arm, type CommitIo, type CommitState, type Coordinated } from "./state.ts";

/** Begins a transaction: asks every participant to prepare its part of the work. */
export function begin<Work>(
  state: CommitState<Work>,
  io: CommitIo<Work>,
  works: ReadonlyMap<SiteId, Work>,
): TransactionId {
  const transaction = `${io.self}.${state.life}.${state.count++}`;
  const participants = [...works.keys()];
  const fresh = { ballots: new Map(), acknowledged: new Set<SiteId>(), phase: "voting" as const };
  state.coordinated.set(transaction, { ...fresh, participants, works, sinceUs: io.clockUs() });
  ask(state, io, transaction);
  arm(state, io);
  return transaction;
}

/** Asks those who have not voted yet. */
function ask<Work>(state: CommitState<Work>, io: CommitIo<Work>, transaction: TransactionId): void {
  const { participants, works, ballots } = state.coordinated.get(transaction)!;
  for (const site of participants) {
    if (!ballots.has(site)) io.send(site, { type: "prepare", transaction, participants, work: works.get(site)! });
  }
}

/**
 * A vote came. All yes: the decision is written, and only then told. One no: aborted at once, and nothing is written,
 * since whoever asks about a transaction that is not known here is told that it was aborted.
 * Source: Bernstein et al. 1987, section 7.4; presumed abort: Mohan, Lindsay & Obermarck 1986, section 3.
 */
export function takeVote<Work>(
  state: CommitState<Work>,
  io: CommitIo<Work>,
  from: SiteId,
  vote: MessageOf<"vote">,
): void {
  const { transaction, ballot } = vote;
  const it = state.coordinated.get(transaction);
  if (it?.phase === "voting" && it.participants.includes(from)) {
    if (!ballot.yes) abandon(state, io, transaction, ballot.reason);
    else {
      it.ballots.set(from, ballot);
      if (it.ballots.size === it.participants.length) decide(state, io, transaction);
    }
  } else if (it === undefined && ballot.yes) io.send(from, { type: "decision", transaction, commit: false });
  else if (it?.phase === "committed") io.send(from, { type: "decision", transaction, commit: true });
}

function decide<Work>(state: CommitState<Work>, io: CommitIo<Work>, transaction: TransactionId): void {
  const it = state.coordinated.get(transaction)!;
  it.phase = "logging";
  force(state, io, { type: "decision", transaction, participants: it.participants });
}

/** The decision to commit is on the disk: from here on nothing can change it. */
export function announce<Work>(state: CommitState<Work>, io: CommitIo<Work>, transaction: TransactionId): void {
  const it = state.coordinated.get(transaction)!;
  it.phase = "committed";
  tell(io, transaction, it);
  io.decided(transaction, { commit: true, reason: "", ballots: it.ballots });
}

function tell<Work>(io: CommitIo<Work>, transaction: TransactionId, it: Coordinated<Work>): void {
  const { participants, acknowledged } = it;
  for (const site of participants) {
    if (!acknowledged.has(site)) io.send(site, { type: "decision", transaction, commit: true });
  }
}

/** Aborts what was not decided yet, tells everybody, and forgets it. */
function abandon<Work>(state: CommitState<Work>, io: CommitIo<Work>, transaction: TransactionId, reason: string): void {
  const { participants, ballots } = state.coordinated.get(transaction)!;
  state.coordinated.delete(transaction);
  for (const site of participants) io.send(site, { type: "decision", transaction, commit: false });
  io.decided(transaction, { commit: false, reason, ballots });
}

/** A participant has the commit on its disk. Once all have, the transaction is forgotten. */
export function acknowledged<Work>(state: CommitState<Work>, from: SiteId, transaction: TransactionId): void {
  const it = state.coordinated.get(transaction);
  if (it?.phase !== "committed") return;
  it.acknowledged.add(from);
  if (it.acknowledged.size < it.participants.length) return;
  note(state, { type: "end", transaction });
  state.coordinated.delete(transaction);
}

/** Somebody in doubt asks for a transaction of this coordinator. While votes are still missing there is no answer. */
export function answerInquiry<Work>(
  state: CommitState<Work>,
  io: CommitIo<Work>,
  from: SiteId,
  inquiry: MessageOf<"inquire">,
): void {
  const { transaction } = inquiry;
  const phase = state.coordinated.get(transaction)?.phase;
  if (phase === undefined) io.send(from, { type: "decision", transaction, commit: false });
  else if (phase === "committed") io.send(from, { type: "decision", transaction, commit: true });
}

/** Says again what was not answered; gives up on votes that take too long. */
export function repeat<Work>(state: CommitState<Work>, io: CommitIo<Work>): void {
  for (const [transaction, it] of state.coordinated) {
    if (it.phase === "committed") tell(io, transaction, it);
    else if (it.phase === "voting") {
      if (io.clockUs() - it.sinceUs >= state.config.voteTimeoutUs) abandon(state, io, transaction, "participantSilent");
      else ask(state, io, transaction);
    }
  }
}

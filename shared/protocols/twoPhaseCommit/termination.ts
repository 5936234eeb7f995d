import { answerInquiry } from "./coordinator.ts";
import { force } from "./journal.ts";
import { coordinatorOf, type MessageOf, type SiteId, type TransactionId } from "./messages.ts";
import { end } from "./participant.ts";
import type { CommitIo, CommitState } from "./state.ts";

/**
 * Participants in doubt for too long ask the coordinator, and one another if `cooperative`. While nobody of them knows,
 * and the coordinator does not answer, they wait with their locks held: two-phase commit blocks.
 * Source: Bernstein, Hadzilacos & Goodman 1987, section 7.4, the cooperative termination protocol.
 */
export function askAround<Work>(state: CommitState<Work>, io: CommitIo<Work>): void {
  for (const [transaction, it] of state.participated) {
    if (it.phase !== "inDoubt" || io.clockUs() - it.sinceUs < state.config.inquireAfterUs) continue;
    const peers = state.config.cooperative ? it.participants.filter((site) => site !== it.coordinator) : [];
    io.send(it.coordinator, { type: "inquire", transaction });
    for (const site of peers) if (site !== io.self) io.send(site, { type: "inquire", transaction });
  }
  for (const transaction of state.byHand) io.send(coordinatorOf(transaction), { type: "inquire", transaction });
}

/**
 * Somebody in doubt asks. The coordinator knows; a participant that knows the outcome tells it; one that has not voted
 * yet decides now to abort, and says so once that is on its disk; one that is in doubt itself can't help.
 */
export function asked<Work>(
  state: CommitState<Work>,
  io: CommitIo<Work>,
  from: SiteId,
  inquiry: MessageOf<"inquire">,
): void {
  const { transaction } = inquiry;
  if (coordinatorOf(transaction) === io.self) {
    answerInquiry(state, io, from, inquiry);
    return;
  }
  const outcome = state.outcomes.get(transaction);
  const phase = state.participated.get(transaction)?.phase;
  if (outcome === true) io.send(from, { type: "decision", transaction, commit: true });
  else if (outcome === false || phase === undefined || phase === "preparing") {
    if (outcome === undefined) end(state, io, transaction);
    answerOnceDurable(state, io, from, transaction);
  }
}

/** Without its record a crash would let this site forget, and vote yes after all. */
function answerOnceDurable<Work>(
  state: CommitState<Work>,
  io: CommitIo<Work>,
  asker: SiteId,
  transaction: TransactionId,
): void {
  const askers = state.askers.get(transaction) ?? [];
  state.askers.set(transaction, askers);
  askers.push(asker);
  force(state, io, { type: "outcome", transaction, commit: false, byHand: state.byHand.has(transaction) });
}

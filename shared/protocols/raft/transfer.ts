import { usOf } from "../../core/time.ts";
import type { ReplicaId } from "../protocol.ts";
import { isMember } from "./configuration.ts";
import { startElection } from "./elections.ts";
import { lastIndex } from "./log.ts";
import { NOBODY, type TimeoutNow } from "./messages.ts";
import { TIMER, type RaftIo, type RaftState } from "./state.ts";

/**
 * Leader: hands over to a member. It takes no new writes, waits until that member's log is as long as its own, and then
 * asks it to stand for election at once; nobody is without a leader for an election timeout. False when it can't be.
 * Source: dissertation, section 3.10.
 */
export function beginTransfer(state: RaftState, io: RaftIo, to: ReplicaId): boolean {
  if (state.role !== "leader" || to === io.self || !isMember(state, to)) return false;
  state.transferTo = to;
  io.setTimer(TIMER.transfer, usOf(state.config.electionTimeoutMs));
  continueTransfer(state, io);
  return true;
}

/** Leader: the member that is to lead may have come to the end of the log. */
export function continueTransfer(state: RaftState, io: RaftIo): void {
  const { transferTo, progress } = state;
  if (transferTo === NOBODY || progress.matchIndex[transferTo] !== lastIndex(state)) return;
  state.transferAsked = true;
  io.send(transferTo, { type: "timeoutNow", term: state.currentTerm });
}

/** "If leadership transfer does not complete after about an election timeout, the prior leader aborts the transfer." */
export function abortTransfer(state: RaftState): void {
  state.transferTo = NOBODY;
}

/** The leader wants this follower to lead: it stands for election as if its timer had run out, and asks nobody first. */
export function receiveTimeoutNow(state: RaftState, io: RaftIo, message: TimeoutNow): void {
  if (message.term !== state.currentTerm || state.role !== "follower") return;
  startElection(state, io, true);
}

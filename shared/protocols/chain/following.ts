import { invariant } from "../../core/invariant.ts";
import type { ReplicaId } from "../protocol.ts";
import { commitUpTo } from "./committing.ts";
import { addUpdate, enterLineage } from "./history.ts";
import type { Forward } from "./messages.ts";
import { persist } from "./persistence.ts";
import { isEnd, isEstablished, predecessorOf } from "./places.ts";
import type { ChainIo, ChainState } from "./state.ts";

/** Updates or a heartbeat came from the predecessor. What comes twice is known; what comes too early is asked for again. */
export function receiveForward(state: ChainState, io: ChainIo, from: ReplicaId, message: Forward): void {
  if (from !== predecessorOf(state, io.self)) return;
  if (message.lineage !== state.lineage) {
    invariant(!isEstablished(state, io.self), `chain: ${from} has another history than ${io.self}`);
    enterLineage(state, message.lineage);
  }
  state.heardRound = Math.max(state.heardRound, message.round);
  if (message.previousIndex > state.history.length) {
    answer(state, io, false);
    return;
  }
  const known = state.history.length - message.previousIndex;
  for (let place = known; place < message.updates.length; place++) addUpdate(state, message.updates[place]!);
  commitUpTo(state, io, message.committedIndex);
  if (message.handOverTo === state.stampUs) state.takeOverIndex = message.handOverIndex;
  takeOver(state, io);
  state.owesAnswer = true;
  if (message.updates.length > known) persist(state, io);
  else answerPredecessor(state, io);
}

/** Tells the predecessor how far all is durable here; once for all that waits for an answer. */
export function answerPredecessor(state: ChainState, io: ChainIo): void {
  if (!state.owesAnswer && state.saved.lastIndex <= state.toldIndex) return;
  answer(state, io, true);
  state.owesAnswer = false;
  state.toldIndex = state.saved.lastIndex;
}

/** Joining: it holds all that its predecessor had when it handed over, so it is of the chain once its disk knows. */
export function takeOver(state: ChainState, io: ChainIo): void {
  if (state.takeOverIndex < 0 || state.saved.lastIndex < state.takeOverIndex) return;
  state.takeOverIndex = -1;
  const joinedAt = state.membership.joinedAt[io.self] ?? -1;
  if (state.establishedIn === joinedAt) return;
  state.establishedIn = joinedAt;
  persist(state, io);
}

function answer(state: ChainState, io: ChainIo, success: boolean): void {
  const predecessor = predecessorOf(state, io.self);
  if (predecessor < 0) return;
  io.send(predecessor, {
    type: "forwarded",
    configuration: state.membership.configuration,
    success,
    index: success ? state.saved.lastIndex : state.history.length,
    round: state.heardRound,
    stampUs: state.stampUs,
    isEstablished: isEstablished(state, io.self),
    isEnd: isEnd(state, io.self),
  });
}

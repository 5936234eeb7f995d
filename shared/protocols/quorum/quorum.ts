import type { Protocol, ReplicaId } from "../protocol.ts";
import { countAnswer, noteVersion } from "./coordination.ts";
import { sweepCoordinations } from "./expiry.ts";
import { handOff, receiveHandedOff, receiveHandoff, resumeHandoff } from "./handoff.ts";
import { NO_ANSWER, type Fetched, type QuorumMessage } from "./messages.ts";
import { predictQuorum } from "./prediction.ts";
import { beginRead, continueRead, continueWriteBack } from "./reads.ts";
import { fetchHere, finishSync, storeHere } from "./replica.ts";
import { createState, TIMER, type Arrival, type QuorumIo, type QuorumState } from "./state.ts";
import { beginWrite, continueQuery, continueWrite } from "./writes.ts";

/**
 * No leader: the replica that gets a request coordinates it, asks all replicas and waits for a quorum. Which quorums
 * decides what a client may see: small ones are fast and stay available, quorums that meet see the newest write, and
 * with a query before each write and a write-back before each read answer the register is atomic.
 * Differs: a compare-and-set is refused at every stop. Nobody orders the writes here, so it could not be kept.
 */
export const quorum: Protocol<QuorumState, QuorumMessage> = {
  name: "quorum",
  about: "No leader: whoever gets a request asks all replicas and waits for as many as the dial says.",
  source:
    "DeCandia et al. 2007, Dynamo, section 4; Attiya, Bar-Noy & Dolev 1995, Sharing memory robustly; " +
    "Lynch & Shvartsman 1997 (several writers)",
  ordered: false,
  stops: ["eventual", "session", "linearizable"],

  start: createState,

  recover(state, io, diskLost) {
    const restarted = createState(io, state.config);
    restarted.nextToken = state.nextToken;
    if (diskLost) return restarted;
    const kept = {
      ...restarted,
      cells: state.cells,
      stored: state.stored,
      position: state.position,
      hints: state.hints,
    };
    resumeHandoff(kept, io);
    return kept;
  },

  receive(state, io, from, message) {
    switch (message.type) {
      case "fetch":
        return io.send(from, fetchHere(state, message.token, message.key, message.operation));
      case "fetched":
        return receiveFetched(state, io, from, message);
      case "store":
        return storeHere(state, io, {
          key: message.key,
          cell: message.cell,
          from,
          token: message.token,
          handoff: null,
        });
      case "stored":
        return receiveStored(state, io, from, message.token);
      case "handoff":
        return receiveHandoff(state, io, from, message);
      case "handedOff":
        return receiveHandedOff(state, io, from, message);
    }
  },

  timer(state, io, name) {
    if (name === TIMER.sweep) sweepCoordinations(state, io);
    else if (name === TIMER.handoff) handOff(state, io);
  },

  synced(state, io) {
    for (const arrival of finishSync(state, io)) acknowledge(state, io, arrival);
  },

  request(state, io, request, body) {
    if (body.kind === "cas") {
      io.answer(request, { outcome: "refused", reason: "noLeader" });
      return;
    }
    const one = body.kind === "read" ? beginRead(state, io, request, body) : beginWrite(state, io, request, body);
    if (one.phase !== "fetch" || io.self >= io.replicas) return;
    const operation = body.kind === "read" ? -1 : body.operation;
    receiveFetched(state, io, io.self, fetchHere(state, one.token, body.key, operation));
  },

  configure(state, _io, config) {
    state.config = config;
  },

  command() {
    return false;
  },

  status(state) {
    return { role: "replica", term: 0, position: state.position, follows: -1 };
  },

  payload(message) {
    if (message.type === "handoff") return message.writes.length;
    return message.type === "store" ? 1 : 0;
  },

  predict: predictQuorum,
};

/** A replica (this one included) told its version. */
function receiveFetched(state: QuorumState, io: QuorumIo, from: ReplicaId, message: Fetched): void {
  const one = state.coordinations.get(message.token);
  if (one === undefined || !countAnswer(one, from)) return;
  noteVersion(one, from, message.cell);
  one.isRetry ||= message.hasStored;
  if (one.body.kind === "read") continueRead(state, io, one);
  else continueQuery(state, io, one);
}

/** A replica (this one included) has a version on disk. */
function receiveStored(state: QuorumState, io: QuorumIo, from: ReplicaId, token: number): void {
  const one = state.coordinations.get(token);
  if (one === undefined || !countAnswer(one, from)) return;
  if (one.body.kind === "read") continueWriteBack(state, io, one);
  else continueWrite(state, io, one);
}

/** Tells whoever sent a version that it is durable here. */
function acknowledge(state: QuorumState, io: QuorumIo, arrival: Arrival): void {
  const { from, token, handoff } = arrival;
  if (handoff !== null) io.send(from, { type: "handedOff", writes: handoff });
  if (token === NO_ANSWER) return;
  if (from === io.self) receiveStored(state, io, from, token);
  else io.send(from, { type: "stored", token });
}

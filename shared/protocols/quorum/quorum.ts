import type { Protocol, ReplicaId } from "../protocol.ts";
import { meetAll, meetNext, receiveCompare, receiveExchange, setComparisonTimer } from "./antiEntropy.ts";
import { countAnswer, operationOf, ownParts, partOf } from "./asking.ts";
import { noteVersion } from "./coordination.ts";
import { sweepCoordinations } from "./expiry.ts";
import { handOff, keepHint, receiveHandedOff, receiveHandoff, resumeHandoff } from "./handoff.ts";
import { ITSELF, NO_ANSWER, type Fetched, type QuorumMessage } from "./messages.ts";
import { predictQuorum } from "./prediction.ts";
import { beginRead, continueRead, continueWriteBack } from "./reads.ts";
import { fetchHere, finishSync, storeHere } from "./replica.ts";
import { versionsIn } from "./siblings.ts";
import { heardOf, suspectSilent } from "./standIns.ts";
import { createState, TIMER, type Arrival, type Coordination, type QuorumIo, type QuorumState } from "./state.ts";
import { beginWrite, continueQuery, continueWrite } from "./writes.ts";
import { quorumTelling } from "./telling.ts";

/**
 * No leader: the replica that gets a request coordinates it, asks all replicas and waits for a quorum. Which quorums
 * decides what a client may see: small ones are fast and stay available, quorums that meet see the newest write, and
 * with a query before each write and a write-back before each read answer the register is atomic.
 * What a replica missed comes to it by hinted handoff, read repair and anti-entropy; of writes that did not know of each
 * other the later clock wins, or all are kept as siblings until somebody who read them writes.
 * Differs: a compare-and-set is refused at every stop. Nobody orders the writes here, so it could not be kept.
 */
export const quorum: Protocol<QuorumState, QuorumMessage> = {
  name: "quorum",
  about: "No leader: whoever gets a request asks all replicas and waits for as many as the dial says.",
  source:
    "DeCandia et al. 2007, Dynamo, section 4; Attiya, Bar-Noy & Dolev 1995, Sharing memory robustly; " +
    "Lynch & Shvartsman 1997 (several writers); Preguiça et al. 2010, Dotted version vectors",
  ordered: false,
  stops: ["eventual", "session", "linearizable"],

  start(io, config) {
    const state = createState(io, config);
    setComparisonTimer(state, io);
    return state;
  },

  recover(state, io, diskLost) {
    const restarted = createState(io, state.config);
    restarted.nextToken = state.nextToken;
    restarted.life = state.life + (diskLost ? 1 : 0);
    setComparisonTimer(restarted, io);
    if (diskLost) return restarted;
    const kept = {
      ...restarted,
      cells: state.cells,
      claims: state.claims,
      stored: state.stored,
      position: state.position,
      hints: state.hints,
    };
    resumeHandoff(kept, io);
    return kept;
  },

  receive(state, io, from, message) {
    heardOf(state, from);
    switch (message.type) {
      case "fetch":
        return io.send(from, fetchHere(state, message));
      case "fetched":
        return receiveFetched(state, io, from, message);
      case "store":
        return storeHere(state, io, { ...message, from, handoff: null });
      case "stored":
        return receiveStored(state, io, from, message.token);
      case "handoff":
        return receiveHandoff(state, io, from, message);
      case "handedOff":
        return receiveHandedOff(state, io, from, message);
      case "compare":
        return receiveCompare(state, io, from, message);
      case "exchange":
        return receiveExchange(state, io, from, message);
    }
  },

  timer(state, io, name) {
    if (name === TIMER.handoff) handOff(state, io);
    else if (name === TIMER.antiEntropy) meetNext(state, io);
    else {
      if (name === TIMER.sweep) sweepCoordinations(state, io);
      else suspectSilent(state, io);
      for (const one of state.coordinations.values()) fetchOwnParts(state, io, one);
    }
  },

  synced(state, io) {
    for (const arrival of finishSync(state, io)) acknowledge(state, io, arrival);
  },

  request(state, io, request, body) {
    const isHome = io.self < io.replicas;
    if (body.kind === "read") fetchOwnParts(state, io, beginRead(state, io, request, body));
    else if (body.kind !== "write") io.answer(request, { outcome: "refused", reason: "noLeader" });
    else if (state.config.conflict === "siblings" && !isHome)
      io.answer(request, { outcome: "redirect", to: aReplica(state, io) });
    else fetchOwnParts(state, io, beginWrite(state, io, request, body));
  },

  configure(state, io, config) {
    const { antiEntropyMs } = state.config;
    state.config = config;
    if (config.antiEntropyMs !== antiEntropyMs) setComparisonTimer(state, io);
  },

  command(state, io, command) {
    if (command.type !== "repair") return false;
    meetAll(state, io);
    return true;
  },

  status(state) {
    return { role: "replica", term: 0, position: state.position, follows: -1 };
  },

  telling: quorumTelling,

  payload(message) {
    if (message.type === "handoff" || message.type === "exchange") {
      return message.writes.reduce((sum, { cell }) => sum + versionsIn(cell), 0);
    }
    return message.type === "store" ? versionsIn(message.cell) : 0;
  },

  predict: predictQuorum,
};

/** What this node is to fetch from itself it tells itself at once. */
function fetchOwnParts(state: QuorumState, io: QuorumIo, one: Coordination): void {
  const { token, body, attempt } = one;
  for (const replica of ownParts(io, one)) {
    const standsFor = replica === io.self ? ITSELF : replica;
    const fetch = { token, key: body.key, operation: operationOf(one), attempt, standsFor };
    receiveFetched(state, io, io.self, fetchHere(state, fetch));
  }
}

/** A replica (this one included), or who stands in for it, told its version. */
function receiveFetched(state: QuorumState, io: QuorumIo, from: ReplicaId, message: Fetched): void {
  const one = state.coordinations.get(message.token);
  if (one === undefined) return;
  const replica = partOf(io, one, from);
  if (!countAnswer(one, replica)) return;
  noteVersion(one, replica, message.cell);
  one.isRetry ||= message.hasStored;
  if (message.isGranted) one.claims += 1;
  if (one.body.kind === "read") continueRead(state, io, one);
  else continueQuery(state, io, one);
}

/** A replica (this one included), or who stands in for it, has a version on disk. */
function receiveStored(state: QuorumState, io: QuorumIo, from: ReplicaId, token: number): void {
  const one = state.coordinations.get(token);
  if (one === undefined || !countAnswer(one, partOf(io, one, from))) return;
  if (one.body.kind === "read") continueWriteBack(state, io, one);
  else continueWrite(state, io, one);
}

/** Tells whoever sent a version that it is durable here, as its own or kept for another. */
function acknowledge(state: QuorumState, io: QuorumIo, arrival: Arrival): void {
  const { from, token, standsFor, handoff } = arrival;
  if (standsFor !== ITSELF) keepHint(state, io, standsFor, arrival);
  if (handoff !== null) io.send(from, { type: "handedOff", writes: handoff });
  if (token === NO_ANSWER) return;
  if (from === io.self) receiveStored(state, io, from, token);
  else io.send(from, { type: "stored", token });
}

/** The first replica that is not suspected: it can give a write its place among its own, which a stand-in can't. */
function aReplica(state: QuorumState, io: QuorumIo): ReplicaId {
  return Math.max(0, state.suspected.slice(0, io.replicas).indexOf(0));
}

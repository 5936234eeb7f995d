import { usOf } from "../../../core/time.ts";
import type { MemberId } from "../detector.ts";
import { newsFor } from "./dissemination.ts";
import type { Ack, Ping, PingRequest } from "./messages.ts";
import { TIMER, type SwimIo, type SwimState } from "./state.ts";
import { suspect } from "./suspicion.ts";

/** A protocol period ends, with a suspicion if its ping was not answered, and the next begins with a ping. */
export function nextPeriod(state: SwimState, io: SwimIo): void {
  if (state.target >= 0) endProbe(state, io);
  state.period++;
  state.target = nextTarget(state, io);
  state.isAnswered = false;
  io.setTimer(TIMER.period, usOf(state.settings.intervalMs));
  io.setTimer(TIMER.indirect, usOf(state.settings.pingTimeoutMs));
  sendPing(state, io, { to: state.target, origin: io.self, period: state.period });
}

/** No direct answer in time: others are asked to try, in case only the way from here is at fault. */
export function askHelpers(state: SwimState, io: SwimIo): void {
  if (state.isAnswered) return;
  const { period, target, settings } = state;
  const able = others(io).filter((member) => member !== target && state.peers[member]!.opinion !== "dead");
  for (const helper of shuffled(able, io).slice(0, settings.helpers)) {
    io.send(helper, { type: "pingRequest", target, period, news: newsFor(state, io, helper) });
  }
}

export function receivePing(state: SwimState, io: SwimIo, from: MemberId, { origin, period }: Ping): void {
  io.send(from, { type: "ack", origin, period, news: newsFor(state, io, from) });
}

export function receivePingRequest(
  state: SwimState,
  io: SwimIo,
  from: MemberId,
  { target, period }: PingRequest,
): void {
  sendPing(state, io, { to: target, origin: from, period });
}

/** An answer: to a ping of one's own, or to one that was sent for another. One that is too late counts no more. */
export function receiveAck(state: SwimState, io: SwimIo, { origin, period }: Ack): void {
  if (origin !== io.self) io.send(origin, { type: "ack", origin, period, news: newsFor(state, io, origin) });
  else if (period === state.period) state.isAnswered = true;
}

function endProbe(state: SwimState, io: SwimIo): void {
  state.probes++;
  if (state.isAnswered) return;
  state.unanswered++;
  suspect(state, io, state.target);
}

interface Addressed {
  readonly to: MemberId;
  readonly origin: MemberId;
  readonly period: number;
}

function sendPing(state: SwimState, io: SwimIo, { to, origin, period }: Addressed): void {
  io.send(to, { type: "ping", origin, period, news: newsFor(state, io, to) });
}

/**
 * Turns over a list that is shuffled after each round bound the time until somebody is pinged to 2n − 1 periods.
 * Differs: the dead keep their turns, since the members of a level are fixed: so one that was cut off is found again.
 * Source: Das, Gupta & Motivala 2002, section 4.3.
 */
function nextTarget(state: SwimState, io: SwimIo): MemberId {
  if (state.settings.probing === "random") return pickOne(others(io), io);
  if (state.turn >= state.order.length) {
    state.order = shuffled(others(io), io);
    state.turn = 0;
  }
  return state.order[state.turn++]!;
}

function others(io: SwimIo): MemberId[] {
  return Array.from({ length: io.members - 1 }, (_, place) => (place < io.self ? place : place + 1));
}

function pickOne(members: readonly MemberId[], io: SwimIo): MemberId {
  return members[Math.floor(io.random() * members.length)]!;
}

/** Fisher and Yates' shuffle. */
function shuffled(members: MemberId[], io: SwimIo): MemberId[] {
  for (let last = members.length - 1; last > 0; last--) {
    const other = Math.floor(io.random() * (last + 1));
    [members[last], members[other]] = [members[other]!, members[last]!];
  }
  return members;
}

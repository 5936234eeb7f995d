import { usOf } from "../../../core/time.ts";
import type { FailureDetector } from "../detector.ts";
import type { SwimMessage } from "./messages.ts";
import { askHelpers, nextPeriod, receiveAck, receivePing, receivePingRequest } from "./probing.ts";
import { createState, TIMER, type SwimState } from "./state.ts";
import { confirmDeaths, hear } from "./suspicion.ts";

/**
 * SWIM: each member pings one other a period, asks others to try when no answer comes, and passes on what it learns with
 * the pings themselves. The load on a member stays the same however large the group is, where heartbeats from everybody
 * to everybody grow with its square.
 */
export const swim: FailureDetector<SwimState, SwimMessage> = {
  name: "swim",
  about: "Each member pings one other at a time, directly and through helpers, and suspicions spread as gossip.",
  source:
    "Das, Gupta & Motivala 2002, SWIM: scalable weakly-consistent infection-style process group membership, sections 3 and 4",
  simplified: [
    "The members are fixed by the level: nobody joins or leaves.",
    "The dead are still pinged, and a later incarnation brings them back.",
  ],

  /** The first period begins at a random part of its length: members do not keep step. */
  start(io, settings) {
    io.setTimer(TIMER.period, io.random() * usOf(settings.intervalMs));
    return createState(io, settings);
  },

  receive(state, io, from, message) {
    for (const rumour of message.news) hear(state, io, rumour);
    if (message.type === "ping") receivePing(state, io, from, message);
    else if (message.type === "pingRequest") receivePingRequest(state, io, from, message);
    else receiveAck(state, io, message);
  },

  timer(state, io, name) {
    if (name === TIMER.period) nextPeriod(state, io);
    else if (name === TIMER.indirect) askHelpers(state, io);
    else confirmDeaths(state, io);
  },

  /** What is under way goes on as it began; the next period and the next suspicion go by the new settings. */
  configure(state, _io, settings) {
    state.settings = settings;
  },

  opinion: (state, member) => state.peers[member]!.opinion,
  suspicion: (state, _io, member) => (state.peers[member]!.opinion === "alive" ? 0 : 1),
};

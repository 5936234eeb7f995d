import { usOf } from "../../../core/time.ts";
import type { MemberId, Opinion } from "../detector.ts";
import { spread } from "./dissemination.ts";
import type { Rumour } from "./messages.ts";
import { TIMER, type Peer, type SwimIo, type SwimState } from "./state.ts";

const GRAVITY: Record<Opinion, number> = { alive: 0, suspect: 1, dead: 2 };

/** A ping in this period got no answer by any way: its target is suspected, and the group is told. */
export function suspect(state: SwimState, io: SwimIo, member: MemberId): void {
  const { incarnation } = state.peers[member]!;
  hear(state, io, { member, opinion: "suspect", incarnation });
}

/**
 * Takes news in. What is said of oneself and is not "alive" is refuted by a new incarnation. News that is older than what
 * is known comes from somebody who missed something, such as one that has just restarted: what is known is told again.
 */
export function hear(state: SwimState, io: SwimIo, rumour: Rumour): void {
  const { member } = rumour;
  const peer = state.peers[member]!;
  if (rumour.incarnation < peer.incarnation) {
    const { opinion, incarnation } = peer;
    if (!state.news.has(member)) spread(state, { member, opinion, incarnation });
  } else if (member !== io.self) {
    if (!overrides(rumour, peer)) return;
    take(state, io, peer, rumour);
    spread(state, rumour);
  } else if (rumour.opinion !== "alive") {
    peer.incarnation = rumour.incarnation + 1;
    spread(state, { member, opinion: "alive", incarnation: peer.incarnation });
  }
}

/** Suspicions that nobody refuted in time end in death. */
export function confirmDeaths(state: SwimState, io: SwimIo): void {
  const nowUs = io.steadyUs();
  state.peers.forEach(({ dueUs, incarnation }, member) => {
    if (dueUs <= nowUs) hear(state, io, { member, opinion: "dead", incarnation });
  });
  setSuspicionTimer(state, io);
}

/**
 * A later incarnation overrides an earlier one; within one, suspicion overrides life and death overrides both.
 * Differs: a confirmed death may be refuted by a later incarnation, as memberlist allows; in the paper such a member must
 * join again under a new name.
 * Source: Das, Gupta & Motivala 2002, section 4.2.
 */
function overrides({ opinion, incarnation }: Rumour, peer: Peer): boolean {
  if (incarnation !== peer.incarnation) return incarnation > peer.incarnation;
  return GRAVITY[opinion] > GRAVITY[peer.opinion];
}

function take(state: SwimState, io: SwimIo, peer: Peer, { member, opinion, incarnation }: Rumour): void {
  const isNews = peer.opinion !== opinion;
  peer.opinion = opinion;
  peer.incarnation = incarnation;
  peer.dueUs = opinion === "suspect" ? io.steadyUs() + usOf(state.settings.suspicionMs) : Infinity;
  if (opinion === "suspect") setSuspicionTimer(state, io);
  if (isNews) io.judged(member, opinion);
}

function setSuspicionTimer(state: SwimState, io: SwimIo): void {
  const dueUs = state.peers.reduce((least, peer) => Math.min(least, peer.dueUs), Infinity);
  if (dueUs < Infinity) io.setTimer(TIMER.suspicion, Math.max(1, dueUs - io.steadyUs()));
}

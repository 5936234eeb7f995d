import { pick } from "../../core/random.ts";
import { usOf } from "../../core/time.ts";
import { converted } from "../crdt/conversion.ts";
import type { ReplicaId } from "../protocol.ts";
import { change, changesAfter, forgetTeller } from "./changes.ts";
import type { Ask, GossipMessage, Mark, News } from "./messages.ts";
import { NOBODY, stateOf, TIMER, typeOf, type GossipIo, type GossipState } from "./state.ts";

/** Keys in one message: what is left over goes in the next. */
const KEYS_PER_NEWS = 64;

/**
 * A round of anti-entropy: this replica calls some others, chosen by luck, and with each of them tells, asks or does both.
 * Source: Demers et al. 1987, "Epidemic algorithms for replicated database maintenance", section 1.3.
 * Differs: the two don't compare databases; each remembers how far the other one knows its changes.
 */
export function beginRound(state: GossipState, io: GossipIo): void {
  const { style, fanout } = state.config.gossip;
  setRoundTimer(state, io, 1);
  for (const peer of somePeers(io, fanout)) {
    if (style === "pull") io.send(peer, { type: "ask", life: state.life, heard: state.heard[peer]! });
    else io.send(peer, newsFor(state, peer, style === "push" ? "heard" : "news"));
  }
}

/** Sets the timer of the next round, after a part of the interval: replicas start at times of their own. */
export function setRoundTimer(state: GossipState, io: GossipIo, part: number): void {
  if (io.replicas > 1) io.setTimer(TIMER.round, usOf(state.config.gossip.intervalMs * part));
}

/** Another replica asks what is new. */
export function receiveAsk(state: GossipState, io: GossipIo, from: ReplicaId, message: Ask): void {
  noteHeard(state, from, message);
  io.send(from, newsFor(state, from, "none"));
}

/**
 * What another replica knows of this one's changes counts as it is told, also when that is less than before: if its disk
 * was lost it is told everything again, its own words included.
 */
export function noteHeard(state: GossipState, from: ReplicaId, { life, heard }: GossipMessage): void {
  if (life < state.lives[from]!) return;
  if (life > state.lives[from]!) forgetTeller(state, from);
  state.lives[from] = life;
  state.told[from] = heard.life === state.life ? heard.position : 0;
}

/** News are on disk: they are merged, and the sender gets what it is owed. */
export function takeIn(state: GossipState, io: GossipIo, from: ReplicaId, news: News): void {
  const type = typeOf(state);
  for (const { key, state: told } of news.entries) {
    const theirs = converted(told, news.data, state.config.data);
    const ours = stateOf(state, key);
    const both = type.merge(ours, theirs);
    if (both === ours) continue;
    const isTheirs = news.life === state.lives[from] && type.merge(theirs, both) === theirs;
    change(state, key, both, isTheirs ? from : NOBODY);
  }
  const heard = nowHeard(state.heard[from]!, news);
  state.heard[from] = heard;
  if (news.answer === "heard") io.send(from, { type: "heard", life: state.life, heard });
  else if (news.answer === "news") io.send(from, newsFor(state, from, "none"));
}

/** News that leave a gap, or are of an earlier life, say nothing about what came in between. */
function nowHeard(before: Mark, { life, since, upTo }: News): Mark {
  if (life < before.life) return before;
  const known = life === before.life ? before.position : 0;
  return { life, position: since <= known ? Math.max(known, upTo) : known };
}

function newsFor(state: GossipState, peer: ReplicaId, answer: News["answer"]): News {
  const since = state.told[peer]!;
  const { entries, upTo } = changesAfter(state, since, peer, KEYS_PER_NEWS);
  const told = entries.map(({ key, state }) => ({ key, state }));
  return { type: "news", life: state.life, since, upTo, entries: told, data: state.config.data, heard: state.heard[peer]!, answer };
}

/** So many others, each once. */
function somePeers(io: GossipIo, count: number): ReplicaId[] {
  const others = Array.from({ length: io.replicas - 1 }, (_, place) => (io.self + 1 + place) % io.replicas);
  const chosen: ReplicaId[] = [];
  while (chosen.length < count && others.length > 0)
    chosen.push(
      ...others.splice(
        pick(() => io.random(), others.length),
        1,
      ),
    );
  return chosen;
}

import type { MemberId } from "../detector.ts";
import type { Rumour } from "./messages.ts";
import type { SwimIo, SwimState } from "./state.ts";

/** News in one message, besides what concerns the one who gets it. */
const NEWS_MAX = 6;

/** Begins to pass news on. Older news of the same member is forgotten. */
export function spread(state: SwimState, rumour: Rumour): void {
  state.news.delete(rumour.member);
  state.news.set(rumour.member, { rumour, told: 0 });
}

/**
 * News to put on a message to a member: what was told least goes first, and nothing more than λ log n times. Whoever is
 * suspected is told so whatever was told before, so that it can refute it.
 * Source: Das, Gupta & Motivala 2002, section 4.1; Dadgar et al. 2018, Lifeguard, section IV-C ("buddy system").
 */
export function newsFor(state: SwimState, io: SwimIo, to: MemberId): readonly Rumour[] {
  const tellings = state.settings.retransmit * decimals(io.members + 1);
  const chosen = [...state.news.values()].sort((one, other) => one.told - other.told).slice(0, NEWS_MAX);
  for (const item of chosen) {
    item.told++;
    if (item.told >= tellings) state.news.delete(item.rumour.member);
  }
  const news = chosen.map(({ rumour }) => rumour);
  const { opinion, incarnation } = state.peers[to]!;
  const isTold = opinion === "alive" || news.some(({ member }) => member === to);
  return isTold ? news : [...news, { member: to, opinion, incarnation }];
}

/** log₁₀ rounded up, for whole numbers from 2 on. */
function decimals(count: number): number {
  let result = 0;
  for (let power = 1; power < count; power *= 10) result++;
  return result;
}

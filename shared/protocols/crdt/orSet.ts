import { invariant } from "../../core/invariant.ts";
import { type Dot, knows, mergeClocks, nextDot, NO_EVENTS, type VectorClock, withDot } from "../vectorClock.ts";
import type { DataType } from "./dataType.ts";

/** An element and the adding of it that keeps it in the set. */
export interface Tagged extends Dot {
  readonly element: number;
}

/** All additions that are known, and those of them that no known removal took back: by element, actor, count. */
export interface OrSet {
  readonly clock: VectorClock;
  readonly tags: readonly Tagged[];
}

/**
 * A set in which an addition wins over a removal that did not know of it. A removal takes back the additions that its
 * replica had seen, and leaves nothing behind: an addition that the clock knows but that has no tag was taken back.
 */
export const orSet: DataType<OrSet> = {
  name: "orSet",
  about: "A set: who adds what another removes at the same time wins, so nothing that was put in goes missing.",
  source: "Bieniusa et al. 2012, An optimized conflict-free replicated set, INRIA RR-8083, figure 3",
  simplified: null,
  takes: ["add", "remove"],
  empty: { clock: NO_EVENTS, tags: [] },

  update(state, { kind, argument, actor }) {
    invariant(kind === "add" || kind === "remove", `orSet: ${kind} is not one of its operations`);
    invariant(argument !== null, `orSet: ${kind} without an element`);
    const others = state.tags.filter(({ element }) => element !== argument);
    if (kind === "remove") return others.length === state.tags.length ? state : { ...state, tags: others };
    const dot = nextDot(state.clock, actor);
    return { clock: withDot(state.clock, dot), tags: sorted([...others, { element: argument, ...dot }]) };
  },

  merge(a, b) {
    const clock = mergeClocks(a.clock, b.clock);
    const kept = a.tags.filter((tag) => !knows(b.clock, tag) || hasTag(b, tag));
    const news = b.tags.filter((tag) => !knows(a.clock, tag));
    if (clock === a.clock && kept.length === a.tags.length && news.length === 0) return a;
    return { clock, tags: sorted([...kept, ...news]) };
  },

  value(state) {
    return elementsOf(state).length;
  },

  values: elementsOf,
};

/** Tags are sorted by element, so the same elements lie side by side. */
function elementsOf({ tags }: OrSet): number[] {
  return tags.map(({ element }) => element).filter((element, place, all) => element !== all[place - 1]);
}

function hasTag({ tags }: OrSet, tag: Tagged): boolean {
  let [low, high] = [0, tags.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (order(tags[middle]!, tag) < 0) low = middle + 1;
    else high = middle;
  }
  return low < tags.length && order(tags[low]!, tag) === 0;
}

function sorted(tags: Tagged[]): readonly Tagged[] {
  return tags.sort(order);
}

function order(a: Tagged, b: Tagged): number {
  return a.element - b.element || a.actor - b.actor || a.count - b.count;
}

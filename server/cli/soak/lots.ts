import { invariant } from "../../../shared/core/invariant.ts";
import { pick, RandomStreams } from "../../../shared/core/random.ts";

/** Lots drawn out of one stream of a seed: what is drawn for one purpose never changes what is drawn for another. */
export interface Lots {
  /** True for this share of all draws. */
  chance(share: number): boolean;
  /** A whole number, both ends included. */
  whole(least: number, most: number): number;
  /** One of a list that is not empty. */
  oneOf<Item>(items: readonly Item[]): Item;
  /** So many of a list, in its order; all of it if there are no more. */
  some<Item>(items: readonly Item[], count: number): Item[];
}

/** The lots of a seed for one purpose. */
export function lotsOf(seed: string, purpose: string): Lots {
  const luck = new RandomStreams(seed).stream("soak", purpose);
  const whole = (least: number, most: number): number => least + pick(luck, most - least + 1);
  return {
    chance: (share) => luck() < share,
    whole,
    oneOf(items) {
      invariant(items.length > 0, `soak: nothing to draw from for ${purpose}`);
      return items[pick(luck, items.length)]!;
    },
    some(items, count) {
      const left = items.map((_, place) => place);
      while (left.length > count) left.splice(pick(luck, left.length), 1);
      return left.map((place) => items[place]!);
    },
  };
}

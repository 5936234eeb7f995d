import { z } from "zod";
import { scattered } from "../../../core/hash.ts";
import type { Partitioning } from "./partitioning.ts";

const Rule = z.strictObject({
  by: z.literal("hash"),
  virtualNodes: z.int().min(1).max(256).default(64).describe("places of each shard on the ring: more are more even"),
});
type Rule = z.infer<typeof Rule>;

/** Places of a shard on the ring are numbered from its own number times this. */
const PLACES_MAX = 256;
/** Keys and places are scattered by different numbers, so that key 0 does not lie on a place. */
const KEY_SALT = 0x5bd1e995;

/**
 * Consistent hashing: shards have places on a ring, and a key belongs to the shard of the first place at or after its own.
 * A new shard takes its share from all others, and no key moves between those.
 */
export const hash: Partitioning<Rule> = {
  by: "hash",
  about: "Shards have places on a ring, and a key belongs to the next one: a new shard takes its share, and nothing else moves.",
  source: "Karger et al. 1997, Consistent hashing and random trees, section 4; virtual nodes: DeCandia et al. 2007, section 4.2.",
  rule: Rule,
  split(_, shards, { virtualNodes }) {
    const places: { readonly at: number; readonly shard: number }[] = [];
    for (let shard = 0; shard < shards; shard++) {
      for (let place = 0; place < virtualNodes; place++) places.push({ at: scattered(shard * PLACES_MAX + place), shard });
    }
    places.sort((a, b) => a.at - b.at || a.shard - b.shard);
    return (key) => {
      const at = scattered(key ^ KEY_SALT);
      let from = 0;
      let to = places.length;
      while (from < to) {
        const middle = Math.floor((from + to) / 2);
        if (places[middle]!.at < at) from = middle + 1;
        else to = middle;
      }
      return places[from % places.length]!.shard;
    };
  },
};

import type { Move } from "./shardMap.ts";

/** Where every key is to go. */
export interface Plan {
  /** By key, the shard that is to have it. */
  readonly wanted: readonly number[];
  /** The shard that has it now. */
  ownerOf(key: number): number;
}

/** Moves that a plan still needs: keys of one shard that go to the same other one, at most so many each, in key order. */
export function movesOf({ wanted, ownerOf }: Plan, most: number): Omit<Move, "number">[] {
  const open = new Map<string, number[]>();
  const moves: Omit<Move, "number">[] = [];
  wanted.forEach((to, key) => {
    const from = ownerOf(key);
    if (from === to) return;
    const way = `${from}/${to}`;
    let keys = open.get(way);
    if (keys === undefined || keys.length >= most) {
      keys = [];
      open.set(way, keys);
      moves.push({ from, to, keys });
    }
    keys.push(key);
  });
  return moves;
}

/**
 * The plan that gives the upper part of a shard's keys to another, so that half of the shard's requests go with it.
 * A single key that has more than half of them stays: it can't be split.
 * Source: Amazon DynamoDB, "split for heat": Elhemali et al. 2022, section 4.
 */
export function splitPlan(
  { ownerOf, keys, loadOf }: { ownerOf(key: number): number; readonly keys: number; loadOf(key: number): number },
  shard: number,
  heir: number,
): Plan {
  const own = Array.from({ length: keys }, (_, key) => key).filter((key) => ownerOf(key) === shard);
  // A key that nobody asked for still counts a little, or a quiet shard would be split at its first key.
  const weightOf = (key: number): number => loadOf(key) + 1;
  const half = own.reduce((sum, key) => sum + weightOf(key), 0) / 2;
  let below = 0;
  const upper = new Set(
    own.filter((key, place) => {
      const isUpper = place > 0 && below + weightOf(key) / 2 >= half;
      below += weightOf(key);
      return isUpper;
    }),
  );
  if (upper.size === 0 && own.length > 1) upper.add(own.at(-1)!);
  return { ownerOf, wanted: Array.from({ length: keys }, (_, key) => (upper.has(key) ? heir : ownerOf(key))) };
}

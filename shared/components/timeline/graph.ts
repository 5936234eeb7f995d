import { pow } from "../../core/maths.ts";
import type { Stream } from "../../core/random.ts";

/** Who follows whom. */
export interface FollowGraph {
  /** By reader, whom it follows. */
  readonly followees: readonly (readonly number[])[];
  /** By author, who follows it. */
  readonly followers: readonly (readonly number[])[];
}

/**
 * A graph with a heavy tail: every user follows as many others, each chosen with a probability proportional to
 * 1 ÷ (rank + 1)^skew, so that a few are followed by nearly all and most by a few.
 * Source: Kwak et al. 2010, "What is Twitter, a social network or a news media?", section 3.1 (a power law of followers).
 */
export function followGraph(users: number, follows: number, skew: number, luck: Stream): FollowGraph {
  const upTo: number[] = [];
  let sum = 0;
  for (let author = 0; author < users; author++) upTo.push((sum += 1 / pow(author + 1, skew)));
  const followers: number[][] = Array.from({ length: users }, () => []);
  const followees = Array.from({ length: users }, (_, reader) => {
    const chosen = new Set<number>();
    const wanted = Math.min(follows, users - 1);
    // Whoever is drawn twice is drawn again; where that takes too long, the most famous are taken.
    for (let draw = 0; chosen.size < wanted && draw < wanted * 20; draw++) {
      const author = firstAbove(upTo, luck() * sum);
      if (author !== reader) chosen.add(author);
    }
    for (let author = 0; chosen.size < wanted; author++) if (author !== reader) chosen.add(author);
    for (const author of chosen) followers[author]!.push(reader);
    return [...chosen];
  });
  return { followees, followers };
}

function firstAbove(sums: readonly number[], share: number): number {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle]! > share) high = middle;
    else low = middle + 1;
  }
  return low;
}

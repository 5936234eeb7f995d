/** Fewest of `replicas` such that any two groups of that many share a member. */
export function majority(replicas: number): number {
  return Math.floor(replicas / 2) + 1;
}

/**
 * The largest value that at least `quorum` of `values` have reached; 0 when none has. With the indexes that replicas
 * are known to hold it is the commit index, with the rounds that they answered it is the last confirmed round.
 * Looks at every pair: groups have at most nine replicas, and nothing is allocated.
 */
export function reachedByQuorum(values: readonly number[], quorum: number): number {
  let best = 0;
  for (const candidate of values) {
    if (candidate <= best) continue;
    let reached = 0;
    for (const value of values) if (value >= candidate) reached += 1;
    if (reached >= quorum) best = candidate;
  }
  return best;
}

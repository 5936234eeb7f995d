import type { BalancingPolicy } from "./policy.ts";

/** Asks whoever owes this balancer the fewest answers: pending requests tell the truth about a slow node. */
export const leastOutstanding: BalancingPolicy = {
  name: "leastOutstanding",
  about: "The target with the fewest requests still out, for its weight.",
  source: "Known as least connections or least requests.",
  choose(targets, weightOf, turns) {
    // Ties go around the circle, so that an idle cluster is not led by its first node.
    let best = turns % targets.length;
    let fewest = targets[best]!.outstanding / weightOf(targets[best]!);
    for (let step = 1; step < targets.length; step++) {
      const index = (turns + step) % targets.length;
      const load = targets[index]!.outstanding / weightOf(targets[index]!);
      if (load < fewest) {
        best = index;
        fewest = load;
      }
    }
    return best;
  },
};

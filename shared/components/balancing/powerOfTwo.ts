import { pick } from "../../core/random.ts";
import { weightedPick, type BalancingPolicy } from "./policy.ts";

/** Two at random, then the less loaded: nearly as good as asking everybody, at the price of asking two. */
export const powerOfTwo: BalancingPolicy = {
  name: "powerOfTwo",
  about: "Two targets at random, and of these the one with fewer requests out.",
  source: "Mitzenmacher 2001, The power of two choices in randomized load balancing.",
  choose(targets, weightOf, _turns, luck) {
    const first = weightedPick(targets, weightOf, luck());
    if (targets.length === 1) return first;
    // The second is another one, so that two choices are two.
    const second = (first + 1 + pick(luck, targets.length - 1)) % targets.length;
    const load = (index: number) => targets[index]!.outstanding / weightOf(targets[index]!);
    return load(second) < load(first) ? second : first;
  },
};

import { weightedPick, type BalancingPolicy } from "./policy.ts";

/** Deals requests like cards. Fair in numbers, blind to how long each one takes. */
export const roundRobin: BalancingPolicy = {
  name: "roundRobin",
  about: "Each target in turn, as often as its weight says, whatever they are doing.",
  source: "RFC 1794 (1995), DNS support for load balancing.",
  choose(targets, weightOf, turns) {
    const even = targets.every((target) => weightOf(target) === 1);
    if (even) return turns % targets.length;
    // With weights, every hundred turns are shared out in proportion.
    return weightedPick(targets, weightOf, ((turns * 61) % 100) / 100);
  },
};

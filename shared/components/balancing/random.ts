import { weightedPick, type BalancingPolicy } from "./policy.ts";

/** Picks blindly: each target gets its share in the long run, and unlucky crowds in the short. */
export const random: BalancingPolicy = {
  name: "random",
  about: "Any target, as likely as its weight says.",
  source: "Mitzenmacher 2001, the case d = 1.",
  choose: (targets, weightOf, _turns, luck) => weightedPick(targets, weightOf, luck()),
};

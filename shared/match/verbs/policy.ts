import { isRefusal, refusal } from "../../core/refusal.ts";
import { balancingPolicies, type BalancingPolicyName } from "../../components/balancing/registry.ts";
import { words } from "../../core/names.ts";
import { findBalancer, placeOfComponent } from "./find.ts";
import type { Verb } from "./verb.ts";

/** Changes how a balancer picks its targets. */
export const policy: Verb<"policy"> = {
  name: "policy",
  role: "traffic",
  about: "Choose how a balancer picks a target: round robin, random, least outstanding or power of two choices.",
  durationMs: () => 0,
  at: (stage, { balancer }) => placeOfComponent(stage, balancer),
  describe: (_, { balancer, policy: name }) => `sets ${balancer} to ${words(name)}`,
  refuse(stage, { balancer: name, policy: wanted }) {
    const balancer = findBalancer(stage, name);
    if (isRefusal(balancer)) return balancer;
    if (!Object.hasOwn(balancingPolicies, wanted)) return refusal("noSuchPolicy", `There is no balancing policy called ${words(wanted)}.`);
    return balancer.spread.policy === wanted ? refusal("alreadyThere", `${name} already balances by ${words(wanted)}.`) : null;
  },
  *options({ cluster }) {
    for (const { name: balancer } of cluster.balancers()) {
      for (const name of Object.keys(balancingPolicies)) yield { verb: "policy", balancer, policy: name };
    }
  },
  finish(stage, { balancer: name, policy: wanted }) {
    const balancer = findBalancer(stage, name);
    if (!isRefusal(balancer)) balancer.spread.policy = wanted as BalancingPolicyName;
  },
};

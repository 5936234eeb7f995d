import { leastOutstanding } from "./leastOutstanding.ts";
import type { BalancingPolicy } from "./policy.ts";
import { powerOfTwo } from "./powerOfTwo.ts";
import { random } from "./random.ts";
import { roundRobin } from "./roundRobin.ts";

/** Every way to pick a target, in the order in which people meet them. */
export const balancingPolicies = { roundRobin, random, leastOutstanding, powerOfTwo } satisfies Record<string, BalancingPolicy>;
export type BalancingPolicyName = keyof typeof balancingPolicies;

/** Policies that every level can be played with without naming them: see `match/standardPolicies.ts` for what they do. */
export const STANDARD_POLICIES = ["idle", "biggerBox", "allStrong", "allWeak"] as const;
export type StandardPolicyName = (typeof STANDARD_POLICIES)[number];

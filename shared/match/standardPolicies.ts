import type { Level } from "../level/schema.ts";
import { STANDARD_POLICIES, type StandardPolicyName } from "../level/standardPolicyNames.ts";
import type { VerbName } from "./intent.ts";
import type { Rule } from "./policy.ts";
import type { Role } from "./roles.ts";
import { verbOf } from "./verbs/registry.ts";

/** Whoever tries these is not thinking: a level that one of them wins teaches nothing. */
const standardPolicies: Readonly<Record<StandardPolicyName, (level: Level) => Rule[]>> = {
  /** Touches nothing. */
  idle: () => [],
  /** Buys the biggest size of every node and switches on whatever stands by. */
  biggerBox: ({ nodes }) =>
    Object.entries(nodes).flatMap(([node, { sizes = [], standby }]) => [
      ...(standby ? [atOnce({ verb: "power", node, on: true })] : []),
      ...(sizes.length > 1 ? [atOnce({ verb: "resize", node, size: sizes.length - 1 })] : []),
    ]),
  /** Turns every dial to its strongest stop. */
  allStrong: (level) => turnDials(level, (dial) => dial.at(-1)!),
  /** Turns every dial to its weakest stop. */
  allWeak: (level) => turnDials(level, (dial) => dial[0]!),
};

/** The rules of a policy of this level by its name, its own or a standard one; undefined when there is none. */
export function policyOf(level: Level, name: string): readonly Rule[] | undefined {
  const own = level.policies[name];
  if (own !== undefined) return own;
  const standard = STANDARD_POLICIES.find((one) => one === name);
  return standard === undefined ? undefined : standardPolicies[standard](level);
}

/** Names of all policies that a level can be played with: its own first. */
export function policyNames(level: Level): string[] {
  return [...new Set([...Object.keys(level.policies), ...STANDARD_POLICIES])];
}

/** The policy of somebody who never learned this verb. */
export function without(policy: readonly Rule[], verb: VerbName): Rule[] {
  return policy.filter((rule) => rule.do.verb !== verb);
}

/** The part of a policy that one seat can play alone; verbs that are everybody's stay. */
export function onlyRoles(policy: readonly Rule[], roles: readonly Role[]): Rule[] {
  return policy.filter((rule) => {
    const { role } = verbOf(rule.do.verb);
    return role === null || roles.includes(role);
  });
}

function atOnce(intent: Rule["do"]): Rule {
  return { when: { at: 0 }, do: intent };
}

function turnDials({ components }: Level, choose: (dial: readonly string[]) => string): Rule[] {
  return Object.entries(components).flatMap(([store, component]) => {
    if (component.kind !== "store") return [];
    const stop = choose(component.dial);
    return stop === (component.starts ?? component.dial[0]) ? [] : [atOnce({ verb: "dial", store, stop })];
  });
}

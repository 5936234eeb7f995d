import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { balancingPolicies } from "../../shared/components/balancing/registry.ts";
import type { BalancingPolicy, Target } from "../../shared/components/balancing/policy.ts";
import { RandomStreams } from "../../shared/core/random.ts";

/** Targets with so many requests out, and a weight each. */
function targetsOf(outstanding: readonly number[]): Target[] {
  return outstanding.map((count, node) => ({
    instance: { process: node, node, zone: 0 },
    outstanding: count,
    missed: 0,
    healthy: true,
  }));
}

const weightsOf = (weights: readonly number[]) => (target: Target) => weights[target.instance.node]!;
const stream = () => new RandomStreams("balancing").stream("balancing", "contract");

/** How often each target is picked in so many turns, while what is out stays as it is. */
function shares(
  policy: BalancingPolicy,
  outstanding: readonly number[],
  weights: readonly number[],
  turns: number,
): number[] {
  const targets = targetsOf(outstanding);
  const luck = stream();
  const counts = targets.map(() => 0);
  for (let turn = 0; turn < turns; turn++) counts[policy.choose(targets, weightsOf(weights), turn, luck)]!++;
  return counts.map((count) => count / turns);
}

describe.each(Object.entries<BalancingPolicy>(balancingPolicies))("%s", (name, policy) => {
  test("is called by its own name, says what it does and where that comes from", () => {
    expect(policy.name).toBe(name);
    expect(policy.about).toMatch(/^[A-Z].*\.$/);
    expect(policy.source).toMatch(/\w{4}/);
  });

  test("picks one of the targets, whatever their number, load and weights", () => {
    const target = fc.record({ outstanding: fc.nat(50), weight: fc.constantFrom(1e-300, 0.001, 0.1, 0.5, 1) });
    const luck = stream();
    fc.assert(
      fc.property(fc.array(target, { minLength: 1, maxLength: 12 }), fc.nat(1e9), (them, turns) => {
        const targets = targetsOf(them.map(({ outstanding }) => outstanding));
        const chosen = policy.choose(targets, weightsOf(them.map(({ weight }) => weight)), turns, luck);
        expect(targets[chosen]).toBeDefined();
      }),
      { seed: 1, numRuns: 2_000 },
    );
  });

  test("is fair to equals: in the long run each gets its share", () => {
    for (const share of shares(policy, [3, 3, 3, 3, 3], [1, 1, 1, 1, 1], 20_000)) {
      expect(Math.abs(share - 0.2)).toBeLessThan(0.012);
    }
  });

  test("sends half as much to a target of half the weight, as long as answers come at once", () => {
    // Nobody has anything out, or what it has out goes with its weight.
    const [light, heavy] = shares(policy, [2, 4], [0.5, 1], 20_000);
    if (name === "leastOutstanding") expect([light, heavy]).toEqual([0.5, 0.5]);
    else if (name === "powerOfTwo") expect(heavy).toBeGreaterThan(0.6);
    else expect(Math.abs(heavy! - 2 / 3)).toBeLessThan(0.012);
  });

  test("takes its luck from the stream it is given, and from nowhere else", () => {
    expect(shares(policy, [1, 5, 2], [1, 0.5, 1], 500)).toEqual(shares(policy, [1, 5, 2], [1, 0.5, 1], 500));
  });
});

describe("policies that look", () => {
  test("the least outstanding for its weight is asked, wherever it stands", () => {
    const luck = stream();
    fc.assert(
      fc.property(fc.array(fc.nat(20), { minLength: 1, maxLength: 9 }), fc.nat(1000), (outstanding, turns) => {
        const targets = targetsOf(outstanding);
        const chosen = balancingPolicies.leastOutstanding.choose(targets, () => 1, turns, luck);
        expect(outstanding[chosen]).toBe(Math.min(...outstanding));
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  test("the fuller of two choices is never taken: with two targets power of two is least outstanding", () => {
    const luck = stream();
    for (let turn = 0; turn < 200; turn++) {
      expect(balancingPolicies.powerOfTwo.choose(targetsOf([9, 1]), () => 1, turn, luck)).toBe(1);
    }
  });

  test("of many targets the fullest is never asked by power of two, and by chance it is", () => {
    const outstanding = [1, 2, 3, 4, 5, 99];
    const weights = outstanding.map(() => 1);
    expect(shares(balancingPolicies.powerOfTwo, outstanding, weights, 5_000)[5]).toBe(0);
    expect(shares(balancingPolicies.random, outstanding, weights, 5_000)[5]).toBeGreaterThan(0.1);
  });
});

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createGroup, deal, dropSilent, heartbeat, isReady, join, type Group } from "../../shared/components/queue/coordinator.ts";

const PATIENCE_US = 1_000;

function joins(group: Group, member: number, nowUs: number, generation = 0): string {
  return join(group, { member, generation, nowUs, patienceUs: PATIENCE_US });
}

/** A group in which these members hold the partitions. */
function settled(members: readonly number[], partitions: number): Group {
  const group = createGroup(0);
  for (const member of members) joins(group, member, 0);
  for (const member of members) joins(group, member, 0);
  deal(group, partitions);
  return group;
}

describe("a consumer group", () => {
  test("deals every partition to exactly one member, and no member gets two more than another", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(50), { minLength: 1, maxLength: 9 }), fc.integer({ min: 1, max: 20 }), (members, partitions) => {
        const shares = [...settled(members, partitions).dealt.values()];
        expect(shares.flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: partitions }, (_, number) => number));
        const sizes = shares.map(({ length }) => length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("calls everybody together when somebody new comes, and waits until all have let go", () => {
    const group = settled([1, 2], 4);
    joins(group, 3, 100);
    expect(heartbeat(group, { member: 1, generation: group.generation, nowUs: 110 })).toBe("rejoin");
    expect(isReady(group, 120)).toBe(false);
    joins(group, 1, 130, group.generation);
    joins(group, 2, 140, group.generation);
    expect(isReady(group, 150)).toBe(true);
  });

  test("does not wait for ever: whoever has not let go in time is left out", () => {
    const group = settled([1, 2], 4);
    joins(group, 3, 100);
    joins(group, 1, 110, group.generation);
    expect(isReady(group, 100 + PATIENCE_US)).toBe(true);
    deal(group, 4);
    expect([...group.dealt.keys()]).toEqual([1, 3]);
    expect(heartbeat(group, { member: 2, generation: 1, nowUs: 2_000 })).toBe("rejoin");
  });

  test("takes a member that is silent for dead, and deals again", () => {
    const group = settled([1, 2], 4);
    heartbeat(group, { member: 1, generation: group.generation, nowUs: 900 });
    dropSilent(group, 1_100, PATIENCE_US);
    expect([...group.members.keys()]).toEqual([1]);
    expect(group.preparing).toBe(true);
  });

  test("tells a member again what it was dealt when that got lost, and disturbs nobody", () => {
    const group = settled([1, 2], 4);
    expect(joins(group, 1, 100, group.generation - 1)).toBe("assigned");
    expect(heartbeat(group, { member: 2, generation: group.generation - 1, nowUs: 110 })).toBe("assigned");
    expect(group.preparing).toBe(false);
  });
});

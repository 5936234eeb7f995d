import * as fc from "fast-check";
import { expect, test } from "vitest";
import { BRANCHES_MAX, branchKey, journeyOf } from "../../shared/sim/idempotencyKey.ts";
import { Journeys, STAGE } from "../../shared/sim/journeys.ts";

const operation = fc.integer({ min: 0, max: 4_000_000 });
const branches = fc.array(fc.integer({ min: 1, max: BRANCHES_MAX }), { maxLength: 6 });
const keyOf = (one: number, ways: readonly number[]): number => ways.reduce(branchKey, one);

test("two pieces of work have the same key only if they are the same branches of the same operation", () => {
  fc.assert(
    fc.property(operation, branches, operation, branches, (one, ways, other, otherWays) => {
      const same = one === other && ways.join() === otherWays.join();
      expect(keyOf(one, ways) === keyOf(other, otherWays)).toBe(same);
      expect(Number.isSafeInteger(keyOf(one, ways))).toBe(true);
    }),
  );
});

test("a key names the operation whose journey it is, and work of nobody's stays so", () => {
  fc.assert(fc.property(operation, branches, (one, ways) => void expect(journeyOf(keyOf(one, ways))).toBe(one)));
  expect(keyOf(-1, [1, 2])).toBe(-1);
  expect(journeyOf(-1)).toBe(-1);
});

test("a journey goes on under all keys of its operation", () => {
  const journeys = new Journeys();
  journeys.reach(7, 1, STAGE.travelling, 10);
  journeys.reach(keyOf(7, [3, 2]), 2, STAGE.queued, 20);
  expect({ node: journeys.nodeOf(7), stage: journeys.stageOf(7) }).toEqual({ node: 2, stage: STAGE.queued });
  journeys.lose(keyOf(7, [31]), 0, 1);
  expect(journeys.laneOf(7)).toEqual({ from: 0, to: 1 });
});

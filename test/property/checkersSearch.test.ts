import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { historyOf } from "../../shared/history/shorthand.ts";
import type { Operation } from "../../shared/history/operation.ts";
import { judge } from "../../shared/checkers/judge.ts";
import { checkers } from "../../shared/checkers/registry.ts";
import { greedyBlame, hasLinearization } from "./bruteForce.ts";
import { anyHistory, nearlyRightHistory } from "./histories.ts";

/** Histories in which few values are written again and again, so that a read does not tell which write it saw. */
const repeating = fc
  .tuple(fc.oneof(anyHistory, nearlyRightHistory), fc.integer({ min: 1, max: 3 }))
  .map(([history, distinct]) => {
    const fold = (value: number | null) => (value === null ? null : value % distinct);
    return history.map((it) => ({
      ...it,
      argument: fold(it.argument),
      expected: fold(it.expected),
      result: fold(it.result),
    }));
  });

const runs = { numRuns: 3_000 };

/** Judged by search alone, whether the values repeat or not. */
function searched(history: readonly Operation[]) {
  return checkers.linearizable.search(history, {});
}

describe("the search for an order when values repeat", () => {
  test("finds one exactly when there is one", () => {
    const seen = { valid: 0, invalid: 0 };
    fc.assert(
      fc.property(repeating, (history) => {
        const expected = hasLinearization(history) ? "valid" : "invalid";
        seen[expected]++;
        expect(searched(history).outcome).toBe(expected);
        expect(judge(checkers.linearizable, history).outcome).toBe(expected);
      }),
      runs,
    );
    expect(Math.min(seen.valid, seen.invalid)).toBeGreaterThan(runs.numRuns / 10);
  });

  test("says of unique values what the ordering of clusters says of them", () => {
    fc.assert(
      fc.property(fc.oneof(anyHistory, nearlyRightHistory), (history) => {
        expect(searched(history).outcome).toBe(judge(checkers.linearizable, history).outcome);
      }),
      runs,
    );
  });

  test("blames the answer with which the last order was lost, and proves it with few operations", () => {
    fc.assert(
      fc.property(repeating, (history) => {
        const verdict = searched(history);
        if (verdict.outcome !== "invalid") return;
        const { operation, witness } = verdict.anomalies[0]!;
        expect(operation).toBe(greedyBlame(history)[0]);
        expect(hasLinearization(history.filter((it) => witness.includes(it.id)))).toBe(false);
        expect(witness).toContain(operation);
      }),
      runs,
    );
  });

  test("finds the two writes and the read behind which the first value came back", () => {
    const history = historyOf(
      "a writes 1 at 0..10",
      "b reads 1 at 11..12",
      "a writes 2 at 20..30",
      "b reads 2 at 31..32",
      "a writes 3 at 40..50",
      "a writes 3 at 60..70",
      "b reads 2 at 80..90",
    );
    expect(judge(checkers.linearizable, history)).toMatchObject({
      outcome: "invalid",
      anomalies: [{ name: "staleRead", operation: 6, witness: [2, 4, 6] }],
    });
    expect(searched(history)).toMatchObject({
      outcome: "invalid",
      anomalies: [{ name: "nonLinearizable", operation: 6, witness: [2, 5, 6] }],
    });
  });

  test("gives up, and costs nobody anything, when its steps run out", () => {
    const history = historyOf(
      ...Array.from({ length: 12 }, (_, i) => `a#${i} writes ${i % 2} at ${i}..1000`),
      "b reads 7 at 500..1001",
      "c writes 7 at 1..2",
      "b reads 0 at 2000..2001",
    );
    const verdict = judge(checkers.linearizable, history, { searchSteps: 10 });
    expect(verdict).toMatchObject({ outcome: "unknown", reason: expect.stringContaining("key 0") });
  });
});

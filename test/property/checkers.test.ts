import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Verdict } from "../../shared/checkers/checker.ts";
import { judge } from "../../shared/checkers/judge.ts";
import { checkers } from "../../shared/checkers/registry.ts";
import { greedyBlame, hasLinearization, withoutItsClaim } from "./bruteForce.ts";
import { anyHistory, nearlyRightHistory } from "./histories.ts";

const histories = fc.oneof(anyHistory, nearlyRightHistory);
const runs = { numRuns: 20_000 };

function blamedBy(verdict: Verdict): number[] {
  return verdict.outcome === "invalid" ? verdict.anomalies.map((it) => it.operation) : [];
}

describe("the linearizable checker against a search through all orders", () => {
  test("a history is accepted exactly when some order explains it", () => {
    const seen = { valid: 0, invalid: 0 };
    fc.assert(
      fc.property(histories, (history) => {
        const expected = hasLinearization(history) ? "valid" : "invalid";
        seen[expected]++;
        expect(judge(checkers.linearizable, history).outcome).toBe(expected);
      }),
      runs,
    );
    expect(Math.min(seen.valid, seen.invalid)).toBeGreaterThan(runs.numRuns / 10);
  });

  test("an answer is blamed exactly when no order explains it together with the answers accepted before", () => {
    fc.assert(
      fc.property(histories, (history) => {
        expect(blamedBy(judge(checkers.linearizable, history))).toEqual(greedyBlame(history));
      }),
      { numRuns: 8_000 },
    );
  });

  test("the claims that were not blamed have an order that explains them", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const blamed = new Set(blamedBy(judge(checkers.linearizable, history)));
        const rest = history.map((it) => (blamed.has(it.id) ? withoutItsClaim(it) : it));
        expect(hasLinearization(rest)).toBe(true);
      }),
      runs,
    );
  });
});

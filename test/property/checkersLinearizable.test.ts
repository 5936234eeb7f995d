import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Verdict } from "../../shared/checkers/checker.ts";
import { feed, judge } from "../../shared/checkers/judge.ts";
import { checkers } from "../../shared/checkers/registry.ts";
import type { Operation } from "../../shared/history/operation.ts";
import { greedyBlame, hasLinearization, withoutItsClaim } from "./bruteForce.ts";
import { anyHistory, nearlyRightHistory } from "./histories.ts";

const histories = fc.oneof(anyHistory, nearlyRightHistory);
const runs = { numRuns: 6_000 };

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
      { numRuns: 3_000 },
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

  test("a witness has no order that explains it, even without what was blamed before", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const blamed = new Set<number>();
        const verdict = judge(checkers.linearizable, history);
        for (const { operation, witness } of verdict.outcome === "invalid" ? verdict.anomalies : []) {
          const known = history.filter((it) => it.invokedAtUs <= history[operation]!.completedAtUs);
          const within = known.filter((it) => witness.includes(it.id));
          const rest = within.map((it) => (blamed.has(it.id) ? withoutItsClaim(it) : insideWitness(it, within, known)));
          expect(hasLinearization(rest)).toBe(false);
          expect(unwritten(within)).toEqual(unwritten(known).filter((it) => within.includes(it)));
          blamed.add(operation);
        }
      }),
      runs,
    );
  });

  test("nobody is blamed without cause when values repeat", () => {
    fc.assert(
      fc.property(histories, fc.integer({ min: 1, max: 4 }), (history, distinct) => {
        const fold = (value: number | null) => (value === null ? null : value % distinct);
        const folded = history.map((it) => ({
          ...it,
          argument: fold(it.argument),
          expected: fold(it.expected),
          result: fold(it.result),
        }));
        const check = checkers.linearizable.begin();
        feed(check, folded);
        expect(check.finish().outcome === "invalid" && hasLinearization(folded)).toBe(false);
      }),
      runs,
    );
  });
});

/** A cas whose expected value was written, but by an operation outside the witness, is in there no more than a write. */
function insideWitness(operation: Operation, within: readonly Operation[], known: readonly Operation[]): Operation {
  const isOrigin = (it: Operation) => it.kind !== "read" && it.argument === operation.expected;
  if (operation.kind !== "cas" || within.some(isOrigin) || !known.some(isOrigin)) return operation;
  return { ...operation, kind: "write", expected: null };
}

/** Reads that returned a value which none of these operations wrote: by themselves they would prove too much. */
function unwritten(operations: readonly Operation[]): Operation[] {
  const written = new Set([null, ...operations.filter((it) => it.kind !== "read").map((it) => it.argument)]);
  return operations.filter((it) => it.kind === "read" && !written.has(it.result));
}

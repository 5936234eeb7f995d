import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { transactionOfRegister } from "../../shared/checkers/transactions/registerTransaction.ts";
import { judgeRegisters } from "../../shared/checkers/workloads/casRegister.ts";
import { historyOf } from "../../shared/history/shorthand.ts";
import type { Operation } from "../../shared/history/operation.ts";
import { anyHistory, nearlyRightHistory, storeHistory } from "./histories.ts";
import { isSerializable } from "./transactions.ts";

const MODELS = ["sequential", "causal", "PRAM", "monotonicWrites", "writesFollowReads"] as const;

/** From the lattice of consistency models: what each of these implies. */
const IMPLIES: Readonly<Record<string, readonly string[]>> = {
  linearizable: ["sequential"],
  sequential: ["causal"],
  causal: ["PRAM", "writesFollowReads"],
  PRAM: ["monotonicWrites"],
};

const twoKeys = storeHistory({ length: 9, sessions: 3, keys: 2, lagsUs: [0, 5, 20, 60] });
const anything = fc.oneof(anyHistory, nearlyRightHistory, twoKeys);
const outcome = (history: readonly Operation[], model: string) => judgeRegisters(history, model, {}).outcome;

describe("memory models of registers", () => {
  test("no history passes a model and fails a weaker one", () => {
    const seen = new Map<string, Set<string>>();
    fc.assert(
      fc.property(anything, (history) => {
        const outcomes = new Map(["linearizable", ...MODELS].map((it) => [it, outcome(history, it)]));
        for (const [model, result] of outcomes) {
          seen.set(model, (seen.get(model) ?? new Set()).add(result));
          if (result !== "valid") continue;
          for (const weaker of IMPLIES[model] ?? [])
            expect(outcomes.get(weaker), `${model} implies ${weaker}`).toBe("valid");
        }
      }),
      { numRuns: 10_000 },
    );
    for (const [model, results] of seen) expect([...results].sort(), model).toEqual(["invalid", "valid"]);
  });

  test("sequential means that one order explains all answers and keeps to the order of each client", () => {
    const inOrder = (before: Operation, after: Operation) => before.session !== after.session || before.id < after.id;
    fc.assert(
      fc.property(anything, (history) => {
        const transactions = history.map(transactionOfRegister);
        const explained = isSerializable(transactions, (before, after) =>
          inOrder(history[before.id]!, history[after.id]!),
        );
        expect(outcome(history, "sequential")).toBe(explained ? "valid" : "invalid");
      }),
      { numRuns: 3_000 },
    );
  });

  test.each([
    ["linearizable", "sequential", ["a writes 1 at 0..10", "b reads empty at 20..30"]],
    [
      "sequential",
      "causal",
      [
        "a writes 1 at 0..10",
        "b writes 2 at 0..10",
        "c reads 1 at 20..30",
        "c reads 2 at 40..50",
        "d reads 2 at 20..30",
        "d reads 1 at 40..50",
      ],
    ],
    [
      "causal",
      "PRAM",
      [
        "a writes 1 at 0..10",
        "b reads 1 at 20..30",
        "b writes 2 of key 1 at 40..50",
        "c reads 2 of key 1 at 60..70",
        "c reads empty at 80..90",
      ],
    ],
    ["PRAM", "monotonicWrites", ["a writes 1 at 0..10", "a reads empty at 20..30"]],
  ])("a history that is not %s may be %s", (stronger, weaker, lines) => {
    const history = historyOf(...lines);
    expect([outcome(history, stronger), outcome(history, weaker)]).toEqual(["invalid", "valid"]);
  });

  test("writes of one client seen in the other order break monotonic writes", () => {
    const history = historyOf(
      "a writes 1 at 0..10",
      "a writes 2 of key 1 at 20..30",
      "b reads 2 of key 1 at 40..50",
      "b reads empty at 60..70",
    );
    expect(outcome(history, "monotonicWrites")).toBe("invalid");
  });

  test("a value that nobody wrote is wrong under every model", () => {
    for (const model of MODELS) expect(outcome(historyOf("a reads 7 at 0..10"), model)).toBe("invalid");
  });
});

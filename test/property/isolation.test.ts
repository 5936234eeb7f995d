import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isolationLevels, type Isolation } from "../../shared/checkers/transactions/isolation.ts";
import { isolationVerdict } from "../../shared/checkers/transactions/isolationVerdict.ts";
import { listAppendDependencies } from "../../shared/checkers/transactions/listAppend.ts";
import { registerVerdict } from "../../shared/checkers/transactions/registerVerdict.ts";
import { rwRegisterDependencies } from "../../shared/checkers/transactions/rwRegister.ts";
import type { Transaction } from "../../shared/history/transactions.ts";
import { databaseHistory, isSerializable } from "./transactions.ts";

/** Which level implies which: Elle's models, where both are judged here. */
const IMPLIES: Readonly<Partial<Record<Isolation, readonly Isolation[]>>> = {
  causal: ["read-atomic"],
  "consistent-view": ["cursor-stability", "monotonic-view"],
  "cursor-stability": ["read-committed"],
  "forward-consistent-view": ["consistent-view"],
  "update-serializable": ["forward-consistent-view"],
  "monotonic-atomic-view": ["read-committed"],
  "monotonic-view": ["read-committed"],
  "monotonic-snapshot-read": ["read-committed"],
  "parallel-snapshot-isolation": ["causal", "update-atomic"],
  prefix: ["causal"],
  "read-atomic": ["monotonic-atomic-view", "item-cut-isolation"],
  "item-cut-isolation": ["read-committed"],
  "read-committed": ["read-uncommitted"],
  "repeatable-read": ["cursor-stability", "monotonic-atomic-view"],
  "update-atomic": ["read-atomic"],
  serializable: ["repeatable-read", "snapshot-isolation", "update-serializable"],
  "snapshot-isolation": [
    "forward-consistent-view",
    "monotonic-atomic-view",
    "monotonic-snapshot-read",
    "parallel-snapshot-isolation",
    "prefix",
  ],
  "strict-serializable": [
    "serializable",
    "snapshot-isolation",
    "strong-snapshot-isolation",
    "strong-session-serializable",
  ],
  "strong-session-serializable": ["serializable", "strong-session-snapshot-isolation"],
  "strong-session-snapshot-isolation": ["snapshot-isolation"],
  "strong-snapshot-isolation": ["strong-session-snapshot-isolation"],
};

const inTime = (before: Transaction, after: Transaction) => after.completedAt >= before.invokedAt;
const sizes = { transactions: 7, keys: 3, steps: 4 };

/** The two kinds of transactions, with databases that generate them and the judge of their histories. */
const kinds = [
  {
    kind: "append to lists",
    weak: databaseHistory({ ...sizes, lags: [0, 0, 0, 1, 2], writes: "append" }),
    strict: databaseHistory({ ...sizes, transactions: 20, lags: [0], writes: "append" }),
    outcome: (history: readonly Transaction[], level: Isolation) =>
      isolationVerdict(listAppendDependencies(history), isolationLevels[level]).outcome,
  },
  {
    kind: "write registers",
    weak: databaseHistory({ ...sizes, lags: [0, 0, 0, 1, 2], writes: "w" }),
    strict: databaseHistory({ ...sizes, transactions: 20, lags: [0], writes: "w" }),
    outcome: (history: readonly Transaction[], level: Isolation) =>
      registerVerdict(rwRegisterDependencies(history), isolationLevels[level]).outcome,
  },
];

describe.each(kinds)("isolation of transactions that $kind", ({ weak, strict, outcome }) => {
  test("no history passes a level and fails a weaker one", () => {
    const split = new Map<Isolation, Set<string>>();
    fc.assert(
      fc.property(weak, (history) => {
        const outcomes = new Map(
          Object.keys(isolationLevels).map((it) => [it as Isolation, outcome(history, it as Isolation)]),
        );
        for (const [level, result] of outcomes) {
          split.set(level, (split.get(level) ?? new Set()).add(result));
          if (result !== "valid") continue;
          for (const weaker of IMPLIES[level] ?? [])
            expect(outcomes.get(weaker), `${level} implies ${weaker}`).not.toBe("invalid");
        }
      }),
      { numRuns: 10_000 },
    );
    split.delete("read-uncommitted"); // these databases never write in two orders
    for (const [level, results] of split)
      expect([...results], level).toEqual(expect.arrayContaining(["invalid", "valid"]));
  });

  test("serializable means that some order explains all reads", () => {
    const seen = { valid: 0, invalid: 0 };
    fc.assert(
      fc.property(weak, (history) => {
        const expected = isSerializable(history, () => true) ? "valid" : "invalid";
        seen[expected]++;
        expect(outcome(history, "serializable")).toBe(expected);
      }),
      { numRuns: 2_000 },
    );
    expect(Math.min(seen.valid, seen.invalid)).toBeGreaterThan(200);
  });

  test("strictly serializable means that some order explains all reads and keeps to real time", () => {
    fc.assert(
      fc.property(weak, (history) => {
        expect(outcome(history, "strict-serializable")).toBe(isSerializable(history, inTime) ? "valid" : "invalid");
      }),
      { numRuns: 2_000 },
    );
  });

  test("a database that runs one transaction after the other passes every level", () => {
    fc.assert(
      fc.property(strict, (history) => {
        for (const level of Object.keys(isolationLevels))
          expect(outcome(history, level as Isolation), level).toBe("valid");
      }),
      { numRuns: 500 },
    );
  });
});

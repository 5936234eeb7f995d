import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { causal } from "../../shared/checkers/causal.ts";
import type { Checker } from "../../shared/checkers/checker.ts";
import { judge } from "../../shared/checkers/judge.ts";
import { monotonicWrites } from "../../shared/checkers/monotonicWrites.ts";
import { pram } from "../../shared/checkers/pram.ts";
import { memoryModels, memoryVerdict } from "../../shared/checkers/transactions/memoryModels.ts";
import { sequential } from "../../shared/checkers/sequential.ts";
import { transactionOfRegister } from "../../shared/checkers/transactions/registerTransaction.ts";
import { writesFollowReads } from "../../shared/checkers/writesFollowReads.ts";
import type { Operation } from "../../shared/history/operation.ts";
import { anyHistory, nearlyRightHistory, storeHistory } from "./histories.ts";

const lagsUs = [0, 5, 20, 60];
const anything = fc.oneof(
  anyHistory,
  nearlyRightHistory,
  storeHistory({ length: 12, sessions: 3, keys: 2, lagsUs }),
  storeHistory({ length: 25, sessions: 4, keys: 3, lagsUs }),
  storeHistory({ length: 60, sessions: 5, keys: 2, lagsUs: [0, 0, 5, 40, 200] }),
);

const PAIRS: readonly [Checker, keyof typeof memoryModels][] = [
  [sequential, "sequential"],
  [causal, "causal"],
  [pram, "PRAM"],
  [monotonicWrites, "monotonicWrites"],
  [writesFollowReads, "writesFollowReads"],
];

/** True when an answer shows what nobody could have written by then: that is wrong before anybody asks for an order. */
function showsPhantoms(checker: Checker, history: readonly Operation[]): boolean {
  const verdict = judge(checker, history);
  return verdict.outcome === "invalid" && verdict.anomalies.some(({ name }) => name === "phantomRead");
}

describe.each(PAIRS)("$guarantee, judged answer by answer", (checker, model) => {
  test("says of a whole history what the search for an order says", () => {
    const seen = { valid: 0, invalid: 0, unknown: 0 };
    fc.assert(
      fc.property(anything, (history) => {
        if (showsPhantoms(checker, history)) return;
        const { outcome } = judge(checker, history);
        seen[outcome]++;
        expect(outcome).toBe(memoryVerdict(history.map(transactionOfRegister), memoryModels[model]).outcome);
      }),
      { numRuns: 10_000 },
    );
    expect(seen.valid).toBeGreaterThan(500);
    expect(seen.invalid).toBeGreaterThan(500);
    expect(seen.unknown).toBe(0);
  });
});

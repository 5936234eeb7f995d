import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { causal } from "../../shared/checkers/causal.ts";
import type { Checker } from "../../shared/checkers/checker.ts";
import { linearizable } from "../../shared/checkers/linearizable.ts";
import { judge } from "../../shared/checkers/judge.ts";
import { monotonicWrites } from "../../shared/checkers/monotonicWrites.ts";
import { pram } from "../../shared/checkers/pram.ts";
import { memoryModels, memoryVerdict } from "../../shared/checkers/transactions/memoryModels.ts";
import { sequential } from "../../shared/checkers/sequential.ts";
import { transactionOfRegister } from "../../shared/checkers/transactions/registerTransaction.ts";
import { writesFollowReads } from "../../shared/checkers/writesFollowReads.ts";
import type { Operation } from "../../shared/history/operation.ts";
import { historyOf } from "../../shared/history/shorthand.ts";
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

/**
 * True when an answer shows what nobody could have written by then, or what turned out never to be written: that is wrong
 * before anybody asks for an order, and the search for one looks past it.
 */
function showsPhantoms(checker: Checker, history: readonly Operation[]): boolean {
  const written = new Set([null, ...history.filter(({ outcome }) => outcome !== "fail").map(({ argument }) => argument)]);
  const shown = history.flatMap(({ kind, outcome, result, expected }) =>
    outcome !== "ok" || kind === "write" ? [] : [kind === "read" ? result : expected],
  );
  if (shown.some((value) => !written.has(value))) return true;
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

/** From the lattice of consistency models: what each of these implies. */
const IMPLIES: readonly [Checker, readonly Checker[]][] = [
  [linearizable, [sequential]],
  [sequential, [causal]],
  [causal, [pram, writesFollowReads]],
  [pram, [monotonicWrites]],
];

describe("the lattice of guarantees, judged answer by answer", () => {
  test("no history passes a guarantee and fails a weaker one", () => {
    const accepted = new Map<Checker, number>();
    fc.assert(
      fc.property(anything, (history) => {
        for (const [stronger, weaker] of IMPLIES) {
          if (judge(stronger, history).outcome !== "valid") continue;
          accepted.set(stronger, (accepted.get(stronger) ?? 0) + 1);
          for (const one of weaker)
            expect(judge(one, history).outcome, `${stronger.guarantee} implies ${one.guarantee}`).toBe("valid");
        }
      }),
      { numRuns: 10_000 },
    );
    for (const [stronger] of IMPLIES) expect(accepted.get(stronger), stronger.guarantee).toBeGreaterThan(500);
  });

  test.each<[Checker, Checker, readonly string[]]>([
    [linearizable, sequential, ["a writes 1 at 0..10", "b reads empty at 20..30"]],
    [sequential, causal, ["a writes 1 at 0..10", "a reads empty of key 1 at 20..30", "b writes 2 of key 1 at 0..10", "b reads empty at 20..30"]],
    [
      causal,
      pram,
      [
        "a writes 1 at 0..10",
        "b reads 1 at 20..30",
        "b writes 2 of key 1 at 40..50",
        "c reads 2 of key 1 at 60..70",
        "c reads empty at 80..90",
      ],
    ],
    [pram, monotonicWrites, ["a writes 1 at 0..10", "a reads empty at 20..30"]],
    [causal, writesFollowReads, ["a writes 1 at 0..10", "a reads empty at 20..30"]],
  ])("a history that is not $guarantee may be less", (stronger, weaker, lines) => {
    const history = historyOf(...lines);
    expect([judge(stronger, history).outcome, judge(weaker, history).outcome]).toEqual(["invalid", "valid"]);
  });
});

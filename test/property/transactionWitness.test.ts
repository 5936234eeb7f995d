import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Anomaly, Verdict } from "../../shared/checkers/checker.ts";
import type { OrderEdge } from "../../shared/checkers/orderReasons.ts";
import { isolationLevels, type Isolation } from "../../shared/checkers/transactions/isolation.ts";
import { isolationVerdict } from "../../shared/checkers/transactions/isolationVerdict.ts";
import { listAppendDependencies } from "../../shared/checkers/transactions/listAppend.ts";
import { registerVerdict } from "../../shared/checkers/transactions/registerVerdict.ts";
import { rwRegisterDependencies } from "../../shared/checkers/transactions/rwRegister.ts";
import { withSmallestCycles } from "../../shared/checkers/transactions/smallestCycles.ts";
import type { Transaction } from "../../shared/history/transactions.ts";
import { brokenRing } from "./orderTruth.ts";
import { databaseHistory } from "./transactions.ts";

const shape = { transactions: 12, keys: 3, steps: 4, lags: [0, 0, 0, 1, 2] };
const LEVELS: readonly Isolation[] = [
  "read-atomic",
  "causal",
  "snapshot-isolation",
  "serializable",
  "strict-serializable",
];

const kinds = [
  {
    kind: "append to lists",
    histories: databaseHistory({ ...shape, writes: "append" }),
    judge: (part: readonly Transaction[], level: Isolation) =>
      isolationVerdict(listAppendDependencies(part), isolationLevels[level]),
  },
  {
    kind: "write registers",
    histories: databaseHistory({ ...shape, transactions: 8, writes: "w" }),
    judge: (part: readonly Transaction[], level: Isolation) =>
      registerVerdict(rwRegisterDependencies(part), isolationLevels[level]),
  },
];

const named = (verdict: Verdict, name: string) =>
  verdict.outcome === "invalid" && verdict.anomalies.some((it) => it.name === name);

const isOfOrder = ({ name, order }: Anomaly) => order.length > 0 || name === "notSerializable";

const writtenBy = ({ steps }: Transaction, key: string | number): unknown[] =>
  steps.filter((step) => step.f !== "r" && step.key === key).map(({ value }) => value);
/** What each read of a key found: of a list its elements, of a register the value. */
const sights = ({ steps, outcome }: Transaction, key: string | number): unknown[][] =>
  outcome !== "ok"
    ? []
    : steps.filter((step) => step.f === "r" && step.key === key).map(({ value }) => [value ?? []].flat());

/** Whether an edge is as its reason says, for some key, asked of the two transactions alone. */
function isTrue({ before, after, why }: OrderEdge, history: readonly Transaction[]): boolean {
  const [one, other] = [history[before]!, history[after]!];
  if (why === "session") return one.process === other.process && one.completedAt < other.invokedAt;
  if (why === "realtime") return one.completedAt < other.invokedAt;
  return one.steps.some(({ key }) => {
    const [mine, theirs] = [writtenBy(one, key), writtenBy(other, key)];
    if (why === "ww") return mine.length > 0 && theirs.length > 0;
    if (why === "wr") return sights(other, key).some((sight) => mine.some((value) => sight.includes(value)));
    return theirs.length > 0 && sights(one, key).some((sight) => theirs.some((value) => !sight.includes(value)));
  });
}

describe.each(kinds)("cycles of transactions that $kind", ({ histories, judge }) => {
  test("are shown by transactions that are rejected by themselves, none of which can be left out", () => {
    let cycles = 0;
    fc.assert(
      fc.property(histories, fc.constantFrom(...LEVELS), (history, level) => {
        const verdict = withSmallestCycles(history, (part) => judge(part, level));
        for (const anomaly of verdict.outcome === "invalid" ? verdict.anomalies.filter(isOfOrder) : []) {
          const proof = history.filter(({ id }) => anomaly.witness.includes(id));
          expect(named(judge(proof, level), anomaly.name)).toBe(true);
          const spare = proof.filter((one) =>
            named(
              judge(
                proof.filter((it) => it !== one),
                level,
              ),
              anomaly.name,
            ),
          );
          expect(spare.map(({ id }) => id)).toEqual([]);
          cycles++;
        }
      }),
      { numRuns: 2_000 },
    );
    expect(cycles).toBeGreaterThan(300);
  });

  test("come back to where they began, along edges that are as their reasons say", () => {
    fc.assert(
      fc.property(histories, fc.constantFrom(...LEVELS), (history, level) => {
        const verdict = withSmallestCycles(history, (part) => judge(part, level));
        for (const anomaly of verdict.outcome === "invalid" ? verdict.anomalies : []) {
          expect(brokenRing(anomaly)).toBe(undefined);
          expect(anomaly.order.filter((edge) => !isTrue(edge, history))).toEqual([]);
          expect(anomaly.witness).toContain(anomaly.operation);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test("leave the verdict as it is", () => {
    fc.assert(
      fc.property(histories, fc.constantFrom(...LEVELS), (history, level) => {
        const whole = judge(history, level);
        const { outcome } = withSmallestCycles(history, () => whole);
        expect(outcome).toBe(whole.outcome);
      }),
      { numRuns: 500 },
    );
  });
});

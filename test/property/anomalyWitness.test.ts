import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Anomaly, Checker } from "../../shared/checkers/checker.ts";
import { judge } from "../../shared/checkers/judge.ts";
import { checkers } from "../../shared/checkers/registry.ts";
import type { Operation } from "../../shared/history/operation.ts";
import { withoutItsClaim } from "./bruteForce.ts";
import { historiesFor, options } from "./guaranteeHistories.ts";
import { anyHistory, nearlyRightHistory } from "./histories.ts";

const ofRegisters = Object.values<Checker>(checkers).filter(({ kinds }) => kinds.includes("write"));
const isWrite = ({ kind }: Operation) => kind === "write" || kind === "cas";

/**
 * Some operations of a history, by themselves. Of a read whose write is left out nothing is left, since by itself it would
 * prove too much; of such a cas, that it wrote.
 */
function alone(operations: readonly Operation[], left: readonly Operation[]): Operation[] {
  const origin = (value: number | null) => operations.find((it) => isWrite(it) && it.argument === value);
  return left.flatMap((it) => {
    const saw = it.kind === "cas" ? it.expected : it.result;
    const from = saw === null ? undefined : origin(saw);
    if (it.kind === "write" || from === undefined || left.includes(from)) return [it];
    return it.kind === "cas" ? [{ ...it, kind: "write", expected: null }] : [];
  });
}

/** The history as it was when an anomaly was found: at the blamed answer, or in the end where a later one shows it. */
function knownAt(history: readonly Operation[], { operation, witness }: Anomaly): readonly Operation[] {
  const atUs = history[operation]!.completedAtUs;
  if (history[witness.at(-1)!]!.invokedAtUs > atUs) return history;
  return history
    .filter(({ invokedAtUs }) => invokedAtUs <= atUs)
    .map((it) => {
      const isAnswered = it.completedAtUs < atUs || (it.completedAtUs === atUs && it.id <= operation);
      return isAnswered ? it : { ...it, result: null, completedAtUs: Infinity, outcome: "unknown" };
    });
}

/** The operations of a witness that could be left out of it, and the rest would still be wrong. */
function spare(checker: Checker, history: readonly Operation[], { witness }: Anomaly): number[] {
  const inside = history.filter(({ id }) => witness.includes(id));
  return inside
    .filter(
      (one) =>
        judge(
          checker,
          alone(
            history,
            inside.filter((it) => it !== one),
          ),
          options,
        ).outcome === "invalid",
    )
    .map(({ id }) => id);
}

describe.each(ofRegisters)("a witness against $guarantee", (checker) => {
  const { lagging } = historiesFor(checker);
  const histories = fc.oneof(lagging, anyHistory, nearlyRightHistory);

  test("is rejected by itself, and accepted when any operation of it is left out", () => {
    let witnesses = 0;
    fc.assert(
      fc.property(histories, (history) => {
        const verdict = judge(checker, history, options);
        const rest = [...history];
        for (const anomaly of verdict.outcome === "invalid" ? verdict.anomalies : []) {
          const known = knownAt(rest, anomaly);
          const inside = known.filter(({ id }) => anomaly.witness.includes(id));
          expect(judge(checker, alone(known, inside), options).outcome, anomaly.sentence).toBe("invalid");
          expect(spare(checker, known, anomaly), anomaly.sentence).toEqual([]);
          rest[anomaly.operation] = withoutItsClaim(rest[anomaly.operation]!);
          witnesses++;
        }
      }),
      { numRuns: 2_000 },
    );
    expect(witnesses).toBeGreaterThan(200);
  });
});

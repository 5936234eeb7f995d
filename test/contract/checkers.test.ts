import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Anomaly, Checker, Verdict } from "../../shared/checkers/checker.ts";
import { feed, judge } from "../../shared/checkers/judge.ts";
import { checkers } from "../../shared/checkers/registry.ts";
import type { Operation } from "../../shared/history/operation.ts";
import { withoutItsClaim } from "../property/bruteForce.ts";
import { historiesFor, options } from "../property/guaranteeHistories.ts";
import { storeHistory } from "../property/histories.ts";

const laggingHistory = storeHistory({ length: 40, sessions: 4, keys: 2, lagsUs: [0, 0, 5, 40, 200] });

/** Guarantees about registers, whose histories may be compared with one another. */
const ofRegisters = Object.values<Checker>(checkers).filter(({ kinds }) => kinds.includes("write"));

function anomaliesOf(verdict: Verdict): readonly Anomaly[] {
  return verdict.outcome === "invalid" ? verdict.anomalies : [];
}

/** The operations of a witness; a cas whose expected value was written outside it says no more than a write. */
function alone(history: readonly Operation[], { witness }: Anomaly): Operation[] {
  const ids = new Set(witness);
  return history
    .filter((it) => ids.has(it.id))
    .map((it) => {
      const origin = history.find((other) => other.kind !== "read" && other.argument === it.expected);
      return it.kind === "cas" && origin && !ids.has(origin.id) ? { ...it, kind: "write", expected: null } : it;
    });
}

/** The history as it was known just after one of its answers. */
function knownAfter(history: readonly Operation[], answer: Operation): Operation[] {
  return history
    .filter((it) => it.invokedAtUs <= answer.completedAtUs)
    .map((it) => {
      const answered =
        it.completedAtUs < answer.completedAtUs || (it.completedAtUs === answer.completedAtUs && it.id <= answer.id);
      return answered ? it : { ...it, result: null, completedAtUs: Infinity, outcome: "unknown" };
    });
}

describe.each(Object.entries<Checker>(checkers))("%s", (name, checker) => {
  const { right, lagging } = historiesFor(checker);
  const isOfMoney = checker.kinds.includes("audit");

  test("is called by its own name, says what it promises and where that comes from", () => {
    expect(checker.guarantee).toBe(name);
    expect(checker.promise).toMatch(/^[A-Z].*\.$/);
    expect(checker.source).toMatch(/\d{4}/);
  });

  test("accepts its example of a right history and rejects its example of a wrong one", () => {
    expect(judge(checker, checker.accepted)).toEqual({ outcome: "valid" });
    expect(judge(checker, checker.rejected).outcome).toBe("invalid");
  });

  test("blames nobody in histories of a correct component", () => {
    fc.assert(
      fc.property(right, (history) => {
        expect(judge(checker, history, options)).toEqual({ outcome: "valid" });
      }),
      { numRuns: 2_000 },
    );
  });

  test("finds something wrong in some histories of a lagging component, and nothing in others", () => {
    const seen = { valid: 0, invalid: 0, unknown: 0 };
    for (const history of fc.sample(lagging, { seed: 1, numRuns: 500 })) {
      seen[judge(checker, history, options).outcome]++;
    }
    expect(seen.valid).toBeGreaterThan(0);
    expect(seen.invalid).toBeGreaterThan(0);
    expect(seen.unknown).toBe(0);
  });

  test("says live what it says in the end: the light and the verdict agree", () => {
    fc.assert(
      fc.property(lagging, (history) => {
        const check = checker.begin(options);
        const live: Anomaly[] = [];
        const listening = {
          ...check,
          completed(operation: Operation) {
            const anomaly = check.completed(operation);
            if (anomaly) live.push(anomaly);
            return anomaly;
          },
        };
        feed(listening, history);
        expect(anomaliesOf(check.finish()).slice(0, live.length)).toEqual(live);
        expect(check.finish()).toEqual(check.finish());
      }),
      { numRuns: 500 },
    );
  });

  test("judges at every moment of play as if the history had ended there", () => {
    fc.assert(
      fc.property(lagging, fc.nat(), (history, pick) => {
        const answers = history.filter((it) => it.completedAtUs !== Infinity);
        if (answers.length === 0) return;
        const answer = answers[pick % answers.length]!;
        const check = checker.begin(options);
        let soFar: Verdict | undefined;
        feed(
          {
            ...check,
            completed(operation) {
              const anomaly = check.completed(operation);
              if (operation === answer) soFar = check.finish();
              return anomaly;
            },
          },
          history,
        );
        expect(soFar).toEqual(judge(checker, knownAfter(history, answer), options));
      }),
      { numRuns: 1_000 },
    );
  });

  test("blames an operation at most once", () => {
    fc.assert(
      fc.property(lagging, (history) => {
        const blamed = anomaliesOf(judge(checker, history, options)).map((it) => it.operation);
        expect(new Set(blamed).size).toBe(blamed.length);
      }),
      { numRuns: 1_000 },
    );
  });

  test("gives a witness that holds the blamed operation and is wrong by itself, even without what was blamed before", () => {
    fc.assert(
      fc.property(lagging, (history) => {
        const rest = [...history];
        for (const anomaly of anomaliesOf(judge(checker, history, options))) {
          expect(anomaly.witness).toContain(anomaly.operation);
          expect(anomaly.witness).toEqual(anomaly.witness.toSorted((a, b) => a - b));
          const byItself = judge(checker, alone(rest, anomaly), options);
          expect(byItself.outcome).toBe("invalid");
          // Money that came from elsewhere is no part of a proof; without it somebody may be blamed earlier.
          if (!isOfMoney) expect(anomaliesOf(byItself).map((it) => it.operation)).toContain(anomaly.operation);
          rest[anomaly.operation] = withoutItsClaim(rest[anomaly.operation]!);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test("tells every anomaly in one sentence", () => {
    const told = fc
      .sample(lagging, { seed: 2, numRuns: 200 })
      .flatMap((history) => anomaliesOf(judge(checker, history, options)));
    for (const { sentence } of told) {
      expect(sentence).toMatch(/^Client \d+ [^\n]+\.$/);
      expect(sentence).not.toMatch(/null|undefined|NaN|Infinity/);
    }
  });
});

test.each(ofRegisters)("$guarantee can't tell, rather than guesses, when a value was written twice", (checker) => {
  const [first, ...others] = checker.accepted;
  const again = { ...first!, id: 99, session: 99, invokedAtUs: 1e9, completedAtUs: 1e9 + 10 };
  const check = checker.begin(options);
  feed(check, [first!, ...others, again]);
  expect(check.finish().outcome).toBe("unknown");
});

describe("the guarantees together", () => {
  test("what linearizable accepts, every weaker guarantee accepts", () => {
    fc.assert(
      fc.property(laggingHistory, (history) => {
        if (judge(checkers.linearizable, history).outcome !== "valid") return;
        for (const weaker of ofRegisters) {
          expect(judge(weaker, history, options), weaker.guarantee).toEqual({ outcome: "valid" });
        }
      }),
      { numRuns: 5_000 },
    );
  });

  test("a session guarantee accepts exactly what both of its parts accept", () => {
    fc.assert(
      fc.property(laggingHistory, (history) => {
        const parts = [checkers.readYourWrites, checkers.monotonicReads].map((it) => judge(it, history).outcome);
        const both = parts.every((outcome) => outcome === "valid") ? "valid" : "invalid";
        expect(judge(checkers.session, history).outcome).toBe(both);
      }),
      { numRuns: 2_000 },
    );
  });
});

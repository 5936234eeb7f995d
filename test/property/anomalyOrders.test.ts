import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Anomaly, Checker } from "../../shared/checkers/checker.ts";
import { judge } from "../../shared/checkers/judge.ts";
import { checkers } from "../../shared/checkers/registry.ts";
import type { Operation } from "../../shared/history/operation.ts";
import { withoutItsClaim } from "./bruteForce.ts";
import { historiesFor, options } from "./guaranteeHistories.ts";
import { anyHistory, nearlyRightHistory } from "./histories.ts";
import { brokenRing, implausibleEdges, untrueEdges, type Counts } from "./orderTruth.ts";

const isOfSession: Counts = (before, blamed) => before.session === blamed.session;

const always: Counts = () => true;

/** Guarantees that know a clock, and which answers before a blamed question each of them lets count. */
const BY_THE_CLOCK: Readonly<Record<string, Counts>> = {
  linearizable: always,
  acknowledgedWriteLost: always,
  eventual: always,
  session: isOfSession,
  readYourWrites: (before, blamed) => isOfSession(before, blamed) && before.kind !== "read",
  monotonicReads: (before, blamed) => isOfSession(before, blamed) && before.kind !== "write",
  boundedStaleness: (before, blamed) => before.completedAtUs < blamed.invokedAtUs - 1_000 * options.boundMs!,
};

/** Anomalies that are about an order, whatever the guarantee. */
const OF_ORDER =
  /^(staleRead|lostUpdate|boundExceeded|nonMonotonicRead|readYourWritesViolation|missingPost|missingElement|lostElement)$/;

/** True when no cas claims to have found what it wrote itself: an answer that no order is needed to see through. */
function isSound(history: readonly Operation[]): boolean {
  return history.every(({ kind, expected, argument }) => kind !== "cas" || expected !== argument);
}

/** Anomalies of a history, each with the history as it was judged then: without the answers blamed before. */
function* found(checker: Checker, history: readonly Operation[]): Generator<[Anomaly, readonly Operation[]]> {
  const verdict = judge(checker, history, options);
  const rest = [...history];
  for (const anomaly of verdict.outcome === "invalid" ? verdict.anomalies : []) {
    yield [anomaly, rest];
    rest[anomaly.operation] = withoutItsClaim(rest[anomaly.operation]!);
  }
}

const all = Object.entries<Checker>(checkers);
const isOfRegisters = ({ kinds }: Checker) => kinds.includes("write");

function historiesOf(checker: Checker): fc.Arbitrary<Operation[]> {
  const { lagging } = historiesFor(checker);
  return isOfRegisters(checker) ? fc.oneof(lagging, anyHistory, nearlyRightHistory).filter(isSound) : lagging;
}

describe.each(all)("the order that %s could not build", (name, checker) => {
  const histories = historiesOf(checker);

  test("comes back to where it began, and is about the witness alone", () => {
    fc.assert(
      fc.property(histories, (history) => {
        for (const [anomaly] of found(checker, history)) expect(brokenRing(anomaly)).toBe(undefined);
      }),
      { numRuns: 2_000 },
    );
  });

  test("is there whenever the anomaly is about an order", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const isOfOrder = ({ name: of }: Anomaly) => name !== "countsWithin" && OF_ORDER.test(of);
        const anomalies = [...found(checker, history)].map(([anomaly]) => anomaly).filter(isOfOrder);
        expect(anomalies.filter(({ order }) => order.length < 2)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe.each(all.filter(([name]) => Object.hasOwn(BY_THE_CLOCK, name)))(
  "each step of the order of %s",
  (name, checker) => {
    test("says of two operations only what their questions and answers show", () => {
      fc.assert(
        fc.property(historiesOf(checker), (history) => {
          for (const [anomaly, rest] of found(checker, history)) {
            expect(untrueEdges(anomaly, rest, BY_THE_CLOCK[name]!), anomaly.sentence).toEqual([]);
          }
        }),
        { numRuns: 2_000 },
      );
    });
  },
);

const ofViews = all.filter(([name, checker]) => isOfRegisters(checker) && !Object.hasOwn(BY_THE_CLOCK, name));

describe.each(ofViews)("each step of the order of %s", (_, checker) => {
  test("asks no clock but that of each client, and names who saw or wrote what", () => {
    fc.assert(
      fc.property(historiesOf(checker), (history) => {
        for (const [anomaly] of found(checker, history)) {
          expect(implausibleEdges(anomaly, history), anomaly.sentence).toEqual([]);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe.each(all.filter(([, checker]) => !isOfRegisters(checker)))("each step of the order of %s", (_, checker) => {
  test("says of a change and an answer that the one was acknowledged first and the other lacks it", () => {
    fc.assert(
      fc.property(historiesOf(checker), (history) => {
        for (const [{ order }] of found(checker, history)) {
          for (const { before, after, why } of order) {
            const [one, other] = [history[before]!, history[after]!];
            if (why === "realtime") expect(one.completedAtUs).toBeLessThan(other.invokedAtUs);
            else expect(shows(one, other)).toBe(other.kind === "remove");
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

/** True when an answer lists the element of a change. */
function shows({ results }: Operation, { kind, argument, id }: Operation): boolean {
  return (results ?? []).includes(kind === "upload" ? id + 1 : argument!);
}

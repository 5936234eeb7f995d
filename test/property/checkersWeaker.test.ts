import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Checker, CheckerOptions } from "../../shared/checkers/checker.ts";
import { judge } from "../../shared/checkers/judge.ts";
import { checkers } from "../../shared/checkers/registry.ts";
import { usOf } from "../../shared/core/time.ts";
import type { Operation } from "../../shared/history/operation.ts";
import { storeHistory } from "./histories.ts";

const history = storeHistory({ length: 30, sessions: 4, keys: 1, lagsUs: [0, 0, 3, 10, 40] });

/** What was accepted before an answer, asked in the plainest way: by looking through all of it. */
class Past {
  readonly #accepted: Operation[] = [];

  add(answer: Operation): void {
    this.#accepted.push(answer);
  }

  /** The value that an answer shows to have been there. */
  static sawIn(answer: Operation): number | null {
    return answer.kind === "cas" ? answer.expected : answer.result;
  }

  get observations(): Operation[] {
    return this.#accepted.filter((it) => it.kind !== "write");
  }

  get acknowledged(): Operation[] {
    return this.#accepted.filter((it) => it.kind !== "read");
  }

  /** When a value is known to have been there at the latest. */
  shownAtUs(value: number | null): number {
    if (value === null) return -Infinity;
    const shows = (it: Operation) => it.argument === value || (it.kind !== "write" && Past.sawIn(it) === value);
    return Math.min(Infinity, ...this.#accepted.filter(shows).map((it) => it.completedAtUs));
  }

  /** True when a value had been there before the other's write was asked. */
  isOlder(value: number | null, write: Operation): boolean {
    return this.shownAtUs(value) < write.invokedAtUs;
  }
}

/** Blames answers one by one in the order of completion, by a rule that may look at all that was accepted before. */
function blame(
  operations: readonly Operation[],
  isWrong: (answer: Operation, saw: number | null, past: Past) => boolean,
): number[] {
  const past = new Past();
  const blamed: number[] = [];
  const answers = operations
    .filter((it) => it.completedAtUs !== Infinity && it.outcome !== "unknown")
    .toSorted((a, b) => a.completedAtUs - b.completedAtUs || a.id - b.id);
  for (const answer of answers) {
    if (answer.outcome === "fail") {
      const seen = past.observations.some((it) => Past.sawIn(it) === answer.argument);
      if (answer.kind !== "read" && seen) blamed.push(answer.id);
      continue;
    }
    const wrong =
      answer.kind !== "write" && (isPhantom(operations, answer, past) || isWrong(answer, Past.sawIn(answer), past));
    if (wrong) blamed.push(answer.id);
    else past.add(answer);
  }
  return blamed;
}

/** True when nobody could have written what an answer shows: not asked yet, or said to have failed before anybody saw it. */
function isPhantom(operations: readonly Operation[], answer: Operation, past: Past): boolean {
  const saw = Past.sawIn(answer);
  if (saw === null || past.observations.some((it) => Past.sawIn(it) === saw)) return false;
  const write = operations.find(
    (it) => it.kind !== "read" && it.argument === saw && it.invokedAtUs <= answer.completedAtUs,
  );
  if (write === undefined) return true;
  const failedBefore =
    write.completedAtUs < answer.completedAtUs ||
    (write.completedAtUs === answer.completedAtUs && write.id < answer.id);
  return write.outcome === "fail" && failedBefore;
}

function writeOf(operations: readonly Operation[], value: number | null): Operation | undefined {
  return operations.find((it) => it.kind !== "read" && it.argument === value);
}

/** Expects the checker to blame whom the definition blames, and counts how many that were. */
function compare(
  checker: Checker,
  options: CheckerOptions,
  reference: (operations: readonly Operation[]) => number[],
): number {
  let wrong = 0;
  fc.assert(
    fc.property(history, (operations) => {
      const verdict = judge(checker, operations, options);
      const blamed = verdict.outcome === "invalid" ? verdict.anomalies.map((it) => it.operation) : [];
      wrong += blamed.length;
      expect(blamed).toEqual(reference(operations));
    }),
    { numRuns: 3_000 },
  );
  return wrong;
}

describe("the weaker guarantees against their definitions, asked of everything that happened before", () => {
  test("eventual forbids only what nobody wrote", () => {
    const wrong = compare(checkers.eventual, {}, (operations) => blame(operations, () => false));
    expect(wrong).toBeGreaterThan(100);
  });

  test("readYourWrites forbids a value older than the session's last acknowledged write", () => {
    const wrong = compare(checkers.readYourWrites, {}, (operations) =>
      blame(operations, (answer, saw, past) => {
        const own = past.acknowledged.findLast((it) => it.session === answer.session);
        return own !== undefined && own.argument !== saw && past.isOlder(saw, own);
      }),
    );
    expect(wrong).toBeGreaterThan(100);
  });

  test("monotonicReads forbids a value older than one that the session has seen, by the clock or by its own eyes", () => {
    const wrong = compare(checkers.monotonicReads, {}, (operations) =>
      blame(operations, (answer, saw, past) => {
        const seen = past.observations.filter((it) => it.session === answer.session).map(Past.sawIn);
        const latest = seen.at(-1);
        if (latest === undefined || latest === saw) return false;
        return (
          seen.includes(saw) || seen.some((value) => value !== null && past.isOlder(saw, writeOf(operations, value)!))
        );
      }),
    );
    expect(wrong).toBeGreaterThan(100);
  });

  test.each([0, 0.004, 0.02])(
    "boundedStaleness of %d ms forbids a value that was overwritten longer ago",
    (boundMs) => {
      const wrong = compare(checkers.boundedStaleness, { boundMs }, (operations) =>
        blame(operations, (answer, saw, past) =>
          operations.some(
            (it) =>
              it.kind !== "read" &&
              past.isOlder(saw, it) &&
              past.shownAtUs(it.argument) < answer.invokedAtUs - usOf(boundMs),
          ),
        ),
      );
      expect(wrong).toBeGreaterThan(100);
    },
  );

  test("acknowledgedWriteLost forbids updates of replaced values, and writes that nobody saw again", () => {
    const settleMs = 0.005;
    const wrong = compare(checkers.acknowledgedWriteLost, { settleMs }, (operations) => {
      let last = new Past();
      const updates = blame(operations, (answer, saw, past) => {
        last = past;
        if (answer.kind !== "cas") return false;
        const replaced = past.acknowledged.some((it) => it.kind === "cas" && it.expected === saw);
        return (
          replaced || past.acknowledged.some((it) => it.completedAtUs < answer.invokedAtUs && past.isOlder(saw, it))
        );
      });
      const lost = last.acknowledged.filter((write) => {
        const after = last.observations.filter((it) => it.invokedAtUs > write.completedAtUs + usOf(settleMs));
        return after.length > 0 && after.every((it) => last.isOlder(Past.sawIn(it), write));
      });
      return [...updates, ...lost.map((it) => it.id)];
    });
    expect(wrong).toBeGreaterThan(100);
  });
});

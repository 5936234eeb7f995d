import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Operation } from "../../shared/history/operation.ts";
import { Ledger, type Entry } from "../../shared/match/ledger.ts";
import type { Match } from "../../shared/match/match.ts";
import { wishes } from "./intents.ts";
import { ALL_WEATHERS } from "./level.ts";
import { play } from "./play.ts";

/** Value of an operation, from the level's workload: lines of one store and kind are worth the same there. */
function valueOf({ component, kind }: Operation): number {
  return ALL_WEATHERS.workload.find(({ to, op }) => to === component && op === kind)!.value;
}

function sum<Item>(items: Iterable<Item>, of: (item: Item) => number): number {
  let total = 0;
  for (const item of items) total += of(item);
  return total;
}

/** Counts of the history alone, to be met by the ledger's. */
function expectCountsOfHistory(match: Match): void {
  const { history, ledger } = match.record;
  const all = [...history];
  const count = (test: (operation: Operation) => boolean): number => all.filter(test).length;
  const { served, late, refused, unknown, wrong } = ledger.counts;
  expect(ledger.total).toBe(history.length);
  expect(unknown).toBe(count(({ outcome }) => outcome === "unknown"));
  // A cas that failed was answered, and a cas that was refused was not: clients see no difference.
  const refusedForSure = count(({ outcome, kind }) => outcome === "fail" && kind !== "cas");
  const failedCas = count(({ outcome, kind }) => outcome === "fail" && kind === "cas");
  const refusedCas = refused - refusedForSure;
  expect(refusedCas).toBeGreaterThanOrEqual(0);
  expect(refusedCas).toBeLessThanOrEqual(failedCas);
  expect(served + late + wrong).toBe(count(({ outcome }) => outcome === "ok") + failedCas - refusedCas);
  expect(wrong).toBe(match.record.wrong.length);
}

function expectSumsToMatch(match: Match): void {
  const { history, ledger, wrong } = match.record;
  const losses = ledger.losses();
  expect(sum(losses, ({ points }) => points)).toBeCloseTo(1_000 - ledger.score, 6);
  expect(sum(losses, ({ operations }) => operations)).toBe(ledger.total - ledger.counts.served);
  for (const bucket of ["late", "refused", "unknown", "wrong"] as const) {
    const ofBucket = losses.filter((loss) => loss.bucket === bucket);
    expect(sum(ofBucket, ({ operations }) => operations)).toBe(ledger.counts[bucket]);
  }
  for (const { cause, points } of losses) {
    expect(cause).toMatch(/\S/);
    expect(points).toBeGreaterThanOrEqual(0);
  }
  // The price of wrong answers, from the contract: what was earned less that, out of all, is the score.
  const all = sum(history, valueOf);
  const { contract } = ALL_WEATHERS;
  const price = sum(wrong, ({ component, anomaly }) => {
    return contract[component]!.wrongCosts * valueOf(history.operation(anomaly.operation));
  });
  const served = sum(history, (operation) => (isServed(match, operation) ? valueOf(operation) : 0));
  expect(ledger.score).toBeLessThanOrEqual((1_000 * Math.max(0, served - price)) / all + 1e-6);
}

/** In time, answered and not blamed; a cas that failed may have been refused, so this counts too many at most. */
function isServed(match: Match, { id, outcome, kind, component, invokedAtUs, completedAtUs }: Operation): boolean {
  const inTime = completedAtUs - invokedAtUs <= ALL_WEATHERS.contract[component]!.answerWithin * 1_000;
  const isAnswer = outcome === "ok" || (outcome === "fail" && kind === "cas");
  return isAnswer && inTime && !match.record.wrong.some(({ anomaly }) => anomaly.operation === id);
}

describe("the ledger of a match", () => {
  test("sums, whatever the crew does: every operation in one bucket, every missing point with a cause", () => {
    fc.assert(
      fc.property(wishes(ALL_WEATHERS, 4), fc.nat(1e6), (plan, seed) => {
        const { match } = play(ALL_WEATHERS, { wishes: plan, seed: String(seed), crew: 4 });
        expectCountsOfHistory(match);
        expectSumsToMatch(match);
      }),
      { seed: 1, numRuns: 12 },
    );
  });

  test("says the same in the gauges, the debrief and the verdicts", () => {
    const { match } = play(ALL_WEATHERS, { seed: "gauges" });
    const { gauges } = match.view(0);
    const debrief = match.debrief();
    const { availability, correctness, score, trail, ...counts } = gauges;
    expect(counts).toEqual(debrief.counts);
    expect([availability, correctness, score]).toEqual([debrief.availability, debrief.correctness, debrief.score]);
    expect(trail.at(-1)![0]).toBeCloseTo(availability, 4);
    expect(sum(debrief.verdicts, ({ wrong }) => wrong)).toBe(debrief.counts.wrong);
    for (const { outcome, wrong } of debrief.verdicts) expect(outcome).toBe(wrong > 0 ? "invalid" : "valid");
    expect(debrief.counts.wrong).toBeGreaterThan(0);
  });

  test("taking an entry back leaves what was before it", () => {
    const entry: fc.Arbitrary<Entry> = fc.record({
      bucket: fc.constantFrom("served", "late", "refused", "unknown", "wrong"),
      component: fc.constantFrom("ledger", "feed"),
      value: fc.constantFrom(0, 1, 2, 5),
      price: fc.constantFrom(0, 5, 20),
      cause: fc.constantFrom("cut", "crash"),
      inTime: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1 }), fc.array(entry), (kept, moved) => {
        const ledger = new Ledger();
        for (const one of kept) ledger.add(one);
        const before = JSON.stringify([
          ledger.counts,
          ledger.availability,
          ledger.correctness,
          ledger.score,
          ledger.losses(),
        ]);
        for (const one of moved) ledger.add(one);
        for (const one of moved) ledger.remove(one);
        const after = JSON.stringify([
          ledger.counts,
          ledger.availability,
          ledger.correctness,
          ledger.score,
          ledger.losses(),
        ]);
        expect(after).toBe(before);
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  test("a score is never below 0, and never above what was answered in time and right", () => {
    const ledger = new Ledger();
    const entry: Entry = { bucket: "wrong", component: "ledger", value: 1, price: 20, cause: "stale", inTime: true };
    ledger.add(entry);
    ledger.add({ ...entry, bucket: "served", price: 0, cause: "" });
    expect([ledger.score, ledger.availability, ledger.correctness]).toEqual([0, 1, 0.5]);
    expect(sum(ledger.losses(), ({ points }) => points)).toBe(1_000);
  });

  test("of nobody's requests is empty: no score, and nothing wrong", () => {
    const ledger = new Ledger();
    expect([ledger.score, ledger.total, ledger.availability, ledger.correctness]).toEqual([0, 0, 1, 1]);
    expect(ledger.losses()).toEqual([]);
  });
});

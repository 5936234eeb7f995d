import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BACKOFF_NAMES, backoffs, type BackoffPolicy } from "../../shared/components/service/backoff.ts";
import {
  createBreaker,
  NO_PERMIT,
  permit,
  record,
  type BreakerPolicy,
} from "../../shared/components/service/breaker.ts";
import { createLatencies, note, quantileUs } from "../../shared/components/service/latencies.ts";
import { createRetryBudget, deposit, FULL_BUCKET, withdraw } from "../../shared/components/service/retryBudget.ts";

const POLICY: BackoffPolicy = { backoffMs: 100, backoffGrowth: 2, backoffCapMs: 1_000, jitter: 0 };
const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe("a wait between two attempts", () => {
  test.each(BACKOFF_NAMES)("by %s is never negative and never beyond its cap", (name) => {
    fc.assert(
      fc.property(
        share,
        fc.integer({ min: 1, max: 10 }),
        fc.double({ min: 0, max: 1_000, noNaN: true }),
        (luck, retry, before) => {
          const waitMs = backoffs[name].waitMs(POLICY, retry, before, luck);
          expect(waitMs).toBeGreaterThanOrEqual(0);
          expect(waitMs).toBeLessThanOrEqual(POLICY.backoffCapMs);
        },
      ),
    );
  });

  test("doubles each time until the cap when it is exponential without jitter", () => {
    const waits = [1, 2, 3, 4, 5, 6].map((retry) => backoffs.exponential.waitMs(POLICY, retry, 0, 0.7));
    expect(waits).toEqual([100, 200, 400, 800, 1_000, 1_000]);
  });

  test("is half fixed and half luck when equal, and all luck when full", () => {
    expect([0, 0.5, 1].map((luck) => backoffs.equal.waitMs(POLICY, 2, 0, luck))).toEqual([100, 150, 200]);
    expect([0, 0.5, 1].map((luck) => backoffs.full.waitMs(POLICY, 2, 0, luck))).toEqual([0, 100, 200]);
  });

  test("is up to three times the last one when decorrelated", () => {
    expect([0, 1].map((luck) => backoffs.decorrelated.waitMs(POLICY, 1, 0, luck))).toEqual([100, 300]);
    expect([0, 1].map((luck) => backoffs.decorrelated.waitMs(POLICY, 2, 200, luck))).toEqual([100, 600]);
  });
});

test("a retry budget lets one retry through for every ten requests at 10 %, once its first tokens are spent", () => {
  const budget = createRetryBudget();
  for (let token = 0; token < FULL_BUCKET; token++) expect(withdraw(budget, 0.1)).toBe(true);
  let retries = 0;
  for (let request = 0; request < 1_000; request++) {
    deposit(budget, 0.1);
    if (withdraw(budget, 0.1)) retries++;
  }
  expect(retries).toBe(100);
});

describe("a circuit breaker with the defaults of Resilience4j", () => {
  const policy: BreakerPolicy = {
    on: true,
    failureShare: 0.5,
    slowShare: 1,
    slowAfterMs: 60_000,
    window: 100,
    minimumCalls: 100,
    openForMs: 60_000,
    trialCalls: 10,
  };
  const good = { failed: false, tookUs: 1 };
  const bad = { failed: true, tookUs: 1 };

  test("opens at the hundredth call when half of a hundred failed, and not before", () => {
    const breaker = createBreaker();
    for (let call = 0; call < 99; call++)
      record(breaker, policy, permit(breaker, policy, 0), call % 2 === 0 ? bad : good, 0);
    expect(breaker.state).toBe("closed");
    record(breaker, policy, permit(breaker, policy, 0), bad, 0);
    expect(breaker.state).toBe("open");
    expect(permit(breaker, policy, 59_999_999)).toBe(NO_PERMIT);
  });

  test("lets ten trials through after a minute, and no eleventh until they have ended", () => {
    const breaker = createBreaker();
    for (let call = 0; call < 100; call++) record(breaker, policy, permit(breaker, policy, 0), bad, 0);
    const permits = Array.from({ length: 11 }, () => permit(breaker, policy, 60_000_000));
    expect(permits.filter((permitted) => permitted === NO_PERMIT).length).toBe(1);
    for (const permitted of permits.slice(0, 9)) record(breaker, policy, permitted, good, 61_000_000);
    expect(breaker.state).toBe("halfOpen");
    record(breaker, policy, permits[9]!, good, 61_000_000);
    expect(breaker.state).toBe("closed");
  });

  test("opens on calls that are slow though they succeed", () => {
    const breaker = createBreaker();
    for (let call = 0; call < 100; call++)
      record(breaker, policy, permit(breaker, policy, 0), { failed: false, tookUs: 60_000_000 }, 0);
    expect(breaker.state).toBe("open");
  });

  test("counts the newest calls: old failures are forgotten one by one", () => {
    const breaker = createBreaker();
    const lenient = { ...policy, failureShare: 0.6 };
    for (let call = 0; call < 1_000; call++)
      record(breaker, lenient, permit(breaker, lenient, 0), call < 50 || call % 2 === 0 ? bad : good, 0);
    expect({ state: breaker.state, failed: breaker.failed }).toEqual({ state: "open", failed: 0 });
    const mild = createBreaker();
    for (let call = 0; call < 1_000; call++)
      record(mild, lenient, permit(mild, lenient, 0), call % 2 === 0 ? bad : good, 0);
    expect({ state: mild.state, failed: mild.failed }).toEqual({ state: "closed", failed: 50 });
  });

  test("pays no heed to calls that began before it opened", () => {
    const breaker = createBreaker();
    const early = permit(breaker, policy, 0);
    for (let call = 0; call < 100; call++) record(breaker, policy, permit(breaker, policy, 0), bad, 0);
    permit(breaker, policy, 60_000_000);
    for (let call = 0; call < 20; call++) record(breaker, policy, early, bad, 60_000_000);
    expect(breaker.state).toBe("halfOpen");
  });
});

test("the usual time of an answer is the order statistic of the newest, whatever came before", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 50, maxLength: 900 }), (times) => {
      const latencies = createLatencies();
      for (const time of times) note(latencies, time);
      const newest = times.slice(-400).sort((a, b) => a - b);
      expect(quantileUs(latencies, 0.95)).toBe(
        newest[Math.min(newest.length, Math.ceil(0.95 * (newest.length + 1))) - 1],
      );
    }),
  );
  expect(quantileUs(createLatencies(), 0.95)).toBe(Infinity);
});

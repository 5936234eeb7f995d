import { expect, test } from "vitest";
import { expectAgreement } from "./agreement.ts";
import { hedged, slowShare } from "./fanout.ts";
import reference from "./reference/fanout.json" with { type: "json" };

/** The tail at scale; more requests run in `fanout.long.ts`. */
const seed = "fanout";
const narrow = reference.rows.filter(({ calls }) => calls <= 10);

test.each(narrow)("of requests that make $calls calls at once, as many are slow as theory says", ({ calls, slow }) => {
  expectAgreement({ what: "slow", reference: slow, ours: slowShare(calls, 8_000, seed), allowed: { amount: 0.01 } });
});

test("hedging after the service's own 95th percentile adds one request in twenty, and cuts the tail by half", () => {
  const { added, p99Ms } = hedged(true, 20_000, seed);
  expectAgreement({ what: "added", reference: reference.hedging.added, ours: added, allowed: { amount: 0.005 } });
  expect(p99Ms).toBeLessThan(hedged(false, 20_000, seed).p99Ms * 0.7);
  expect(hedged(false, 1_000, seed).added).toBe(0);
});

import { describe, expect, test } from "vitest";
import { weather } from "./queuePipeline.ts";

const SEEDS = Array.from({ length: 12 }, (_, seed) => `delivery ${seed}`);

describe("messages through crashes, pauses, cuts and losses", () => {
  test.each(SEEDS)("at least once with idempotent workers is exactly once, seed %s", (seed) => {
    const { wrong, accepted } = weather({ seed, delivery: "atLeastOnce", idempotent: true });
    expect(accepted, seed).toBeGreaterThan(20);
    expect(wrong, seed).toEqual({});
  });

  test.each(SEEDS)("and stays it on links that repeat and reorder, seed %s", (seed) => {
    expect(weather({ seed, delivery: "atLeastOnce", idempotent: true, muddled: true }).wrong, seed).toEqual({});
  });

  test("at least once without them loses nothing either, but repeats", () => {
    const all = SEEDS.map((seed) => weather({ seed, delivery: "atLeastOnce", idempotent: false }).wrong);
    expect(all.map(({ lostElement }) => lostElement ?? 0)).toEqual(SEEDS.map(() => 0));
    expect(all.filter(({ duplicateElement }) => (duplicateElement ?? 0) > 0).length).toBeGreaterThan(SEEDS.length / 2);
  });

  test("at most once never repeats, even without them, but loses", () => {
    const all = SEEDS.map((seed) => weather({ seed, delivery: "atMostOnce", idempotent: false, attempts: 1 }).wrong);
    expect(all.map(({ duplicateElement }) => duplicateElement ?? 0)).toEqual(SEEDS.map(() => 0));
    expect(all.filter(({ lostElement }) => (lostElement ?? 0) > 0).length).toBeGreaterThan(SEEDS.length / 2);
  });
});

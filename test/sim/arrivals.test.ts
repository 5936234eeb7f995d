import { describe, expect, test } from "vitest";
import { RandomStreams } from "../../shared/core/random.ts";
import { exponential, logNormal } from "../../shared/core/distribution.ts";
import { nextArrivalUs, type Ramp } from "../../shared/workload/arrivals.ts";

const SECOND = 1_000_000;

/** All arrivals of a ramp, µs. */
function arrivals(ramp: Ramp, seed = "ramp"): number[] {
  const stream = new RandomStreams(seed).stream("arrivals", "test");
  const times: number[] = [];
  for (let atUs = nextArrivalUs(ramp, 0, stream); atUs !== Infinity; atUs = nextArrivalUs(ramp, atUs, stream)) {
    times.push(atUs);
  }
  return times;
}

describe("Poisson arrivals along a ramp", () => {
  const ramps: readonly Ramp[] = [
    { beginsUs: 0, endsUs: 100 * SECOND, fromPerSecond: 200, toPerSecond: 200 },
    { beginsUs: 20 * SECOND, endsUs: 120 * SECOND, fromPerSecond: 0, toPerSecond: 400 },
    { beginsUs: 5 * SECOND, endsUs: 105 * SECOND, fromPerSecond: 300, toPerSecond: 0 },
  ];

  test.each(ramps)(
    "from $fromPerSecond to $toPerSecond a second come as often as the rate says, all the way",
    (ramp) => {
      const times = arrivals(ramp);
      const tenth = (ramp.endsUs - ramp.beginsUs) / 10;
      const slope = (ramp.toPerSecond - ramp.fromPerSecond) / 10;
      for (let part = 0; part < 10; part++) {
        const fromUs = ramp.beginsUs + part * tenth;
        const count = times.filter((atUs) => atUs >= fromUs && atUs < fromUs + tenth).length;
        const expected = (ramp.fromPerSecond + slope * (part + 0.5)) * (tenth / SECOND);
        // Four standard deviations of a Poisson count.
        expect(Math.abs(count - expected), `part ${part}`).toBeLessThan(4 * Math.sqrt(expected));
      }
      expect(times.length).toBe(times.filter((atUs) => atUs >= ramp.beginsUs && atUs < ramp.endsUs).length);
    },
  );

  test("are as irregular as chance: gaps have a standard deviation of one mean, and no memory", () => {
    const times = arrivals(ramps[0]!);
    const gaps = times.slice(1).map((atUs, place) => atUs - times[place]!);
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
    expect(Math.sqrt(variance) / mean).toBeGreaterThan(0.97);
    expect(Math.sqrt(variance) / mean).toBeLessThan(1.03);
    // Of those that waited a mean already, as many wait another mean as of all.
    const beyond = (gap: number): number => gaps.filter((one) => one > gap).length;
    expect(Math.abs(beyond(2 * mean) / beyond(mean) - Math.exp(-1))).toBeLessThan(0.02);
  });

  test("never come where the rate is 0", () => {
    expect(arrivals({ beginsUs: 0, endsUs: SECOND, fromPerSecond: 0, toPerSecond: 0 })).toEqual([]);
    expect(arrivals({ beginsUs: SECOND, endsUs: SECOND, fromPerSecond: 9, toPerSecond: 9 })).toEqual([]);
  });
});

describe("distributions sampled from a table", () => {
  test.each([
    { name: "exponential", distribution: exponential(1_000) },
    { name: "log-normal", distribution: logNormal(1_000, 5_000) },
  ])("$name: every part of it comes as often as it should, the far tail too", ({ distribution }) => {
    const stream = new RandomStreams("table").stream("service", "test");
    const drawn = Float64Array.from({ length: 400_000 }, () => distribution.sample(stream)).sort();
    for (const share of [0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.996, 0.999, 0.9999]) {
      const below = drawn.findIndex((amount) => amount > distribution.quantile(share));
      const deviation = Math.sqrt(drawn.length * share * (1 - share));
      expect(Math.abs(below - drawn.length * share), `share ${share}`).toBeLessThan(4 * deviation + 1);
    }
    expect(drawn[0]).toBeGreaterThanOrEqual(0);
  });

  test("a link with a median of 0, or without any spread, always takes its median", () => {
    const stream = new RandomStreams("edges").stream("latency", "test");
    const hundred = (p50: number, p99: number): number[] => {
      const distribution = logNormal(p50, p99);
      return Array.from({ length: 100 }, () => distribution.sample(stream));
    };
    expect(new Set(hundred(0, 0))).toEqual(new Set([0]));
    expect(new Set(hundred(0, 30))).toEqual(new Set([0]));
    // Only the least draw of all is interpolated from 0.
    expect(hundred(20, 10).filter((amount) => Math.abs(amount - 20) > 1e-9)).toEqual([]);
  });
});

import { describe, expect, test } from "vitest";
import type { Level } from "../../shared/level/schema.ts";
import { Match } from "../../shared/match/match.ts";
import { Metrics } from "../../shared/match/metrics.ts";
import { metricsReport, type MetricsReport } from "../../shared/match/metricsReport.ts";
import { both } from "../../shared/sim/instruments.ts";
import { ALL_WEATHERS, levelFrom } from "./level.ts";
import { crewOf } from "./play.ts";

function measured(level: Level, seed = "1"): MetricsReport {
  const match = new Match(level, seed, crewOf(1));
  const metrics = new Metrics(match.cluster.world);
  match.cluster.world.instruments = both(match.cluster.world.instruments!, metrics);
  while (!match.over) match.advance();
  return metricsReport(match, metrics);
}

/** Readers of one store on one node: with exponential times and no other work, an M/M/c/K queue. */
function queueOf({ perSecond = 80, workers = 1, queue = 100_000, spread = "exponential", seconds = 200 }): Level {
  return levelFrom(
    `
version: 1
title: One queue
teaches: [A1]
operators: 1-1
lasts: ${seconds}s
briefing: One store, one machine.
zones: [A]
nodes: { oak: { zone: A, workers: ${workers}, queue: ${queue} } }
components:
  edge: { kind: balancer, in: [A], to: till }
  till: { kind: store, on: [oak], protocol: single, dial: [linearizable], keys: 10, readTime: 10ms, spread: ${spread} }
  watch: { kind: monitor, in: A }
workload: [{ from: A, to: till, op: read, rate: ${perSecond}/s }]
contract: { till: { guarantee: linearizable, wrongCosts: 1, answerWithin: 20s } }
slo: { availability: 99%, correctness: 99% }
verbs: [power]
budget: 9
par: { spend: 9 }
policies: { reference: [] }
gates: { loses: [idle], taught: power }
debrief: Over.
`,
    "test/queue.yaml",
  );
}

/** Erlang's formulas: chance that an arrival finds c workers and K − c places taken. Source: Kleinrock 1975, section 3.6. */
function blocking(load: number, workers: number, places: number): number {
  const weights = [1];
  for (let n = 1; n <= places; n++) weights.push((weights[n - 1]! * load) / Math.min(n, workers));
  return weights.at(-1)! / weights.reduce((sum, weight) => sum + weight, 0);
}

describe("metrics", () => {
  test.each([1, 2])("keep Little's law with %i workers, from empty to empty", (workers) => {
    const { components } = measured(queueOf({ workers, perSecond: 70 * workers }));
    const { littlesLaw, arrived, left, stillInside } = components["till"]!.read!;
    expect(arrived).toBeGreaterThan(10_000);
    expect(littlesLaw.relativeDifference).toBeLessThan(0.001);
    expect(left.ok + left.blocked).toBe(arrived);
    expect(stillInside).toBe(0);
  });

  test("find a machine as busy as it must be, and its queue as long", () => {
    const { machines, components } = measured(queueOf({ perSecond: 70 }));
    const oak = machines["oak"]!;
    const { numberInSystemMean } = components["till"]!.read!;
    expect(oak.utilisation).toBeGreaterThan(0.68);
    expect(oak.utilisation).toBeLessThan(0.72);
    // Whoever is in the system waits or is served.
    expect(oak.queueLengthMean + oak.utilisation).toBeCloseTo(numberInSystemMean, 6);
  });

  test("count who found the queue full as blocked, as often as Erlang says", () => {
    const { components, machines } = measured(queueOf({ perSecond: 180, workers: 2, queue: 3, seconds: 400 }));
    const { blockedShare, left } = components["till"]!.read!;
    expect(Math.abs(blockedShare / blocking(1.8, 2, 5) - 1)).toBeLessThan(0.05);
    expect(machines["oak"]!.jobsBlocked).toBe(left.blocked);
  });

  test("tell fixed times from exponential ones: without variance the queue is half as long", () => {
    const [exponential, fixed] = ["exponential", "fixed"].map(
      (spread) => measured(queueOf({ perSecond: 70, spread, seconds: 400 })).machines["oak"]!.queueLengthMean,
    );
    expect(fixed! / exponential!).toBeGreaterThan(0.42);
    expect(fixed! / exponential!).toBeLessThan(0.58);
  });

  test("account for every request of a stormy match: it was answered, passed on, turned away, lost or is still there", () => {
    const { components, clients } = measured(ALL_WEATHERS);
    for (const kinds of Object.values(components)) {
      for (const { arrived, left, stillInside } of Object.values(kinds)) {
        expect(Object.values(left).reduce((sum, count) => sum + count, stillInside)).toBe(arrived);
      }
    }
    expect(new Set(Object.keys(clients))).toEqual(new Set(Object.keys(ALL_WEATHERS.contract)));
    expect(components["api"]!.read!.arrived).toBeGreaterThan(100);
  });

  test("change nothing: the same match has the same hash with and without them", () => {
    const plain = new Match(ALL_WEATHERS, "1", crewOf(1));
    const watched = new Match(ALL_WEATHERS, "1", crewOf(1));
    watched.cluster.world.instruments = both(watched.cluster.world.instruments!, new Metrics(watched.cluster.world));
    for (const match of [plain, watched]) while (!match.over) match.advance();
    expect(watched.stateHash()).toBe(plain.stateHash());
  });
});

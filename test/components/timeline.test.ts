import { describe, expect, test } from "vitest";
import { homeOf } from "../../shared/components/timeline/plan.ts";
import { RandomStreams } from "../../shared/core/random.ts";
import { followGraph } from "../../shared/components/timeline/graph.ts";
import type { Match } from "../../shared/match/match.ts";
import { answered, historyOf, played, set } from "./moneyLevel.ts";
import { feedLevel, feedOf } from "./timelineLevel.ts";

const CUT = "[{ at: 3s, kind: partition, sides: [[A], [B]], for: 6s }]";

/** The most that a gauge showed over a match, over all nodes. */
function watched(gauge: number): { readonly most: () => number; readonly at: Record<number, (match: Match) => void> } {
  let most = 0;
  const look = (match: Match): void => {
    for (const node of feedOf(match).nodes) most = Math.max(most, node.gauges()[gauge]!);
  };
  return { most: () => most, at: Object.fromEntries(Array.from({ length: 300 }, (_, tick) => [tick, look])) };
}

describe("who follows whom", () => {
  const graph = followGraph(1_000, 20, 1, new RandomStreams("graph").stream("graph", "feed"));

  test("has a heavy tail: a few are followed by most, most by a few", () => {
    const followers = graph.followers.map((list) => list.length).toSorted((a, b) => b - a);
    expect(followers[0]).toBeGreaterThan(800);
    expect(followers[500]).toBeLessThan(15);
    const ofTop = followers.slice(0, 50).reduce((sum, count) => sum + count, 0);
    expect(ofTop / (1_000 * 20)).toBeGreaterThan(0.5);
  });

  test("gives everybody as many to follow, nobody oneself, and nobody twice", () => {
    graph.followees.forEach((authors, reader) => {
      expect(new Set(authors).size).toBe(20);
      expect(authors).not.toContain(reader);
    });
  });
});

describe.each(["onWrite", "onRead", "hybrid"])("a timeline that fans out %s", (fanOut) => {
  test("answers posts at once and has them in all feeds within the bound", () => {
    const match = played(feedLevel({ feed: `fanOut: ${fanOut}` }), "calm");
    expect(match.record.verdict("feed")).toEqual({ outcome: "valid" });
    for (const kind of ["post", "timeline", "follow"] as const) expect(answered(match, kind, -1, "feed")).toBe(1);
    const seen = historyOf(match, "feed").flatMap(({ results }) => results ?? []);
    expect(seen.length).toBeGreaterThan(1_000);
    expect(match.record.latencies("feed").p50).toBeLessThan(10);
  });

  test("serves both sides of a cut, feeds grow stale there, and are whole again after it", () => {
    const match = played(feedLevel({ feed: `fanOut: ${fanOut}`, faults: CUT }), "cut");
    expect(answered(match, "timeline", -1, "feed")).toBeGreaterThan(0.99);
    const wrong = match.record.wrong.map(({ anomaly }) => anomaly);
    expect(new Set(wrong.map(({ name }) => name))).toEqual(new Set(["missingPost"]));
    const lateUs = wrong.map(({ operation }) => match.record.history.operation(operation).invokedAtUs);
    expect(Math.min(...lateUs)).toBeGreaterThan(5_000_000);
    expect(Math.max(...lateUs)).toBeLessThan(11_000_000);
  });

  test("loses no acknowledged post to a crash", () => {
    const match = played(feedLevel({ feed: `fanOut: ${fanOut}`, lasts: "20s" }), "crash", {
      100: ({ cluster }) => cluster.world.crash(cluster.world.machines[0]!),
      140: ({ cluster }) => cluster.world.restart(cluster.world.machines[0]!, false),
    });
    const afterUs = 11_000_000;
    const late = match.record.wrong.filter(
      ({ anomaly }) => match.record.history.operation(anomaly.operation).invokedAtUs > afterUs,
    );
    expect(late).toEqual([]);
    expect(feedOf(match).nodes.map((node) => node.gauges()[2])).toEqual([0, 0, 0, 0]);
  });
});

describe("the fan-out policy", () => {
  test("lets copies pile up behind the famous when it copies on write", () => {
    const most = (feed: string): number => {
      const { most: found, at } = watched(0);
      played(feedLevel({ feed: `${feed}, perFollower: 3ms` }), "pile", at);
      return found();
    };
    expect(most("fanOut: onWrite")).toBeGreaterThan(3 * most("fanOut: hybrid, threshold: 40"));
  });

  test("can be changed in the middle: what was not copied while feeds were gathered is copied then", () => {
    const match = played(feedLevel({ feed: "fanOut: onRead", lasts: "20s" }), "change", {
      120: (now) => set(now, "feed", "fanOut", 0),
      240: (now) => set(now, "feed", "fanOut", 2),
    });
    const wrong = match.record.wrong.map(
      ({ anomaly }) => match.record.history.operation(anomaly.operation).invokedAtUs,
    );
    expect(wrong.filter((us) => us > 7_500_000)).toEqual([]);
    expect(answered(match, "timeline", -1, "feed")).toBe(1);
  });

  test("costs least when it copies for the many and gathers for the few", () => {
    const busyMs = (fanOut: string): number => {
      const match = played(feedLevel({ feed: `fanOut: ${fanOut}, threshold: 40`, posts: 10, reads: 40 }), "cost");
      return match.cluster.world.machines.reduce((sum, machine) => sum + machine.busyUs(), 0) / 1_000;
    };
    const [onWrite, onRead, hybrid] = ["onWrite", "onRead", "hybrid"].map(busyMs) as [number, number, number];
    expect(hybrid).toBeLessThan(0.9 * onWrite);
    expect(hybrid).toBeLessThan(0.9 * onRead);
  });
});

test("every zone keeps every user, on one of its nodes", () => {
  const match = played(feedLevel({ lasts: "1s" }), "homes");
  const { plan } = feedOf(match);
  for (const zone of [0, 1]) {
    const homes = new Set(Array.from({ length: 10 }, (_, user) => homeOf(plan, user, zone)));
    expect(homes.size).toBe(2);
  }
});

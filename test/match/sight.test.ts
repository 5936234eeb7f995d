import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { faultOf } from "../../shared/faults/registry.ts";
import type { Level } from "../../shared/level/schema.ts";
import type { Match } from "../../shared/match/match.ts";
import type { View } from "../../shared/match/view.ts";
import { ROOT } from "../importsOf.ts";
import { ALL_WEATHERS, levelFrom } from "./level.ts";
import { play } from "./play.ts";

const SHORT_CUT = readFileSync(join(ROOT, "test/levels/01-short-cut.yaml"), "utf8").replace(
  "dial: [session, boundedStaleness, linearizable]",
  "dial: [session, boundedStaleness, linearizable]\n    starts: linearizable",
);

/** The short cut with other faults: zone A, where Oak is, lies away from the monitor, which is in B. */
function withFaults(...lines: readonly string[]): Level {
  const list = lines.map((line) => `  - ${line}`).join("\n");
  const text = SHORT_CUT.replace(/^faults:\n( {2}- .*\n)+/m, `faults:\n${list}\n`);
  return levelFrom(text, "test/levels/01-short-cut.yaml");
}

const SEALED = "{ at: 5s, kind: partition, sides: [[A], [B, C]], sealed: true }";

/** The views of a seat, two a second. */
function viewsOf(level: Level, crew = 1, operator = 0): View[] {
  const views: View[] = [];
  play(level, { crew, each: (match) => match.tick % 10 === 0 && views.push(match.view(operator)) });
  return views;
}

function statusOf(views: readonly View[], node: string, fromMs: number, untilMs: number): Set<string> {
  const within = views.filter(({ clockMs }) => clockMs >= fromMs && clockMs < untilMs);
  return new Set(within.map(({ nodes }) => nodes.find(({ name }) => name === node)!.status));
}

/** The first place where two lists of texts part, a few words of each; empty when they are the same. */
function parting(some: readonly string[], others: readonly string[]): string {
  const index = some.findIndex((text, place) => text !== others[place]);
  if (index < 0) return some.length === others.length ? "" : "one is longer";
  const [one, other] = [some[index]!, others[index] ?? ""];
  let at = 0;
  while (one[at] === other[at]) at++;
  return `view ${index}: …${one.slice(at - 30, at + 30)}… against …${other.slice(at - 30, at + 30)}…`;
}

/** Every text of a view that is not an operator's own doing. */
function textsOf({ nodes, components, alerts, partition, links, zones }: View): string {
  return JSON.stringify({ nodes, components, alerts, partition, links, zones });
}

describe("operators see what monitoring shows", () => {
  test("a node that is cut off is unreachable, never dead, and is seen again after the cut", () => {
    const views = viewsOf(withFaults("{ at: 5s, kind: partition, sides: [[A], [B, C]], for: 20s }"));
    expect([...statusOf(views, "Oak", 0, 5_000)]).toEqual(["up"]);
    expect([...statusOf(views, "Oak", 5_000, 25_000)]).toEqual(["up", "unknown"]);
    expect([...statusOf(views, "Oak", 9_000, 25_000)]).toEqual(["unknown"]);
    expect([...statusOf(views, "Oak", 28_000, 40_000)]).toEqual(["up"]);
    const texts = views.flatMap(({ alerts }) => alerts.map(({ text }) => text));
    expect(texts).toContain("Oak unreachable");
    expect(texts).not.toContain("Oak is down");
  });

  test("a node that dies within reach is known to be down; one that only stands still is not", () => {
    const crashed = viewsOf(withFaults("{ at: 5s, kind: crash, node: elm }"));
    expect([...statusOf(crashed, "Elm", 9_000, 40_000)]).toEqual(["crashed"]);
    const paused = viewsOf(withFaults("{ at: 5s, kind: pause, node: elm }"));
    expect([...statusOf(paused, "Elm", 9_000, 40_000)]).toEqual(["unknown"]);
  });

  test("behind a cut a crash, a pause and nothing at all look alike, in every word and figure of the view", () => {
    const cut = (...more: readonly string[]): string[] => viewsOf(withFaults(SEALED, ...more)).map(textsOf);
    const crash = cut("{ at: 15s, kind: crash, node: oak }");
    expect(parting(cut("{ at: 15s, kind: pause, node: oak }"), crash)).toBe("");
    // With Oak well its clients are served: that much they do report, but nothing about the node.
    const nodeOnly = (views: readonly View[]): unknown => views.map(({ nodes }) => nodes[0]!.status);
    expect(nodeOnly(viewsOf(withFaults(SEALED)))).toEqual(
      nodeOnly(viewsOf(withFaults(SEALED, "{ at: 15s, kind: crash, node: oak }"))),
    );
  });

  test("no view names a fault: that is for the debrief", () => {
    const names = ALL_WEATHERS.faults.map((fault) => faultOf(fault.kind).describe(fault));
    for (const text of viewsOf(ALL_WEATHERS).map(textsOf)) {
      expect(names.filter((name) => text.includes(name))).toEqual([]);
    }
    const { match } = play(ALL_WEATHERS);
    const told = JSON.stringify(match.debrief().timeline);
    for (const name of names) expect(told).toContain(name);
  });

  test("figures of a node are as old as its last scrape", () => {
    const level = withFaults("{ at: 5s, kind: partition, sides: [[A], [B, C]], for: 20s }");
    const during = viewsOf(level).filter(({ clockMs }) => clockMs > 7_000 && clockMs < 25_000);
    // The newest positions that Oak is compared with still move; its own figures do not.
    expect(new Set(during.map(({ nodes: [oak] }) => `${oak!.utilisation} ${oak!.queueDepth}`)).size).toBe(1);
    expect(during.at(-1)!.nodes[0]!.lastSeenMsAgo).toBeGreaterThan(15_000);
  });

  test("the checker's buoys are for the lead's eyes", () => {
    const wrongSeen = (operator: number): number => {
      const last = viewsOf(ALL_WEATHERS, 4, operator).at(-1)!;
      return last.nodes.reduce((sum, { wrong }) => sum + wrong, 0);
    };
    // Seats are dealt lead, data, traffic, infra.
    expect(wrongSeen(0)).toBeGreaterThan(0);
    expect([wrongSeen(1), wrongSeen(2), wrongSeen(3)]).toEqual([0, 0, 0]);
  });
});

describe("a danger announces itself", () => {
  /** First time at which a view says that something is not as it should be, and the time of the first loss. */
  function firstSigns(level: Level): { warnedMs: number; lostMs: number } {
    let warnedMs = Infinity;
    let lostMs = Infinity;
    const look = (match: Match): void => {
      if (match.tick % 2 !== 0) return;
      const { clockMs, alerts, links, nodes, gauges } = match.view(0);
      const isSick = links.some(({ aToB, bToA }) => aToB !== "ok" || bToA !== "ok");
      if (clockMs > 1_000 && (alerts.length > 0 || isSick || nodes.some(({ status }) => status !== "up"))) {
        warnedMs = Math.min(warnedMs, clockMs);
      }
      if (gauges.late + gauges.refused + gauges.unknown + gauges.wrong > 0) lostMs = Math.min(lostMs, clockMs);
    };
    play(level, { each: look });
    return { warnedMs, lostMs };
  }

  test.each([
    "{ at: 15s, kind: partition, sides: [[A], [B, C]], telegraph: 5s }",
    "{ at: 15s, kind: slowMachine, node: oak, times: 60, telegraph: 5s }",
    "{ at: 15s, kind: latencySpike, between: [A, B], times: 60, telegraph: 5s }",
  ])("a second or more before it costs anything: %s", (fault) => {
    const { warnedMs, lostMs } = firstSigns(withFaults(fault));
    expect(warnedMs).toBeGreaterThan(10_000);
    expect(lostMs - warnedMs).toBeGreaterThanOrEqual(1_000);
    expect(lostMs).toBeLessThan(40_000);
  });
});

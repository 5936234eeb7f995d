import { describe, expect, test } from "vitest";
import { isRefusal } from "../../shared/core/refusal.ts";
import type { Level } from "../../shared/level/schema.ts";
import type { Intent } from "../../shared/match/intent.ts";
import { Match } from "../../shared/match/match.ts";
import { ALL_WEATHERS } from "./level.ts";
import { crewOf } from "./play.ts";

/** The level with other lines for its monitor. */
function watchedBy(lines: object): Level {
  const watch = ALL_WEATHERS.components["watch"]!;
  return { ...ALL_WEATHERS, components: { ...ALL_WEATHERS.components, watch: { ...watch, ...lines } } };
}

function played(level: Level, seconds: number, ...intents: readonly Intent[]): Match {
  const match = new Match(level, "sight", crewOf(1));
  for (const intent of intents) {
    expect(isRefusal(match.intend(0, intent))).toBe(false);
    match.advance();
  }
  for (let tick = 0; tick < seconds * 20; tick++) match.advance();
  return match;
}

const component = (match: Match, name: string) => match.view(0).components.find((one) => one.name === name)!;

describe("instrumentation", () => {
  test("a component without metrics is a blind spot: no figures, no page, while its users are served as before", () => {
    const seen = played(ALL_WEATHERS, 15);
    const blind = played(watchedBy({ metrics: ["feed"] }), 15);
    expect(component(seen, "ledger").ratePerSecond).toBeGreaterThan(10);
    expect(component(blind, "ledger")).toMatchObject({ ratePerSecond: 0, latencyMsP99: 0, gauges: [], sees: { metrics: false } });
    expect(component(blind, "feed").ratePerSecond).toBeGreaterThan(10);
    expect(blind.view(0).gauges.served).toBe(seen.view(0).gauges.served);
    const pages = (match: Match) => match.pager.alerts.filter(({ text }) => text.startsWith("ledger:"));
    expect(pages(seen).length).toBeGreaterThan(0);
    expect(pages(blind)).toEqual([]);
    expect(blind.stateHash()).toBe(seen.stateHash());
  });

  test("without logs a node says that requests fail there, and not why", () => {
    const mute = played(watchedBy({ logs: [] }), 14);
    const telling = played(ALL_WEATHERS, 14);
    const failing = (match: Match) => match.view(0).nodes.filter((node) => node.failing > 0);
    expect(failing(telling).some(({ failingWhy }) => failingWhy !== "")).toBe(true);
    expect(failing(mute).length).toBe(failing(telling).length);
    expect(failing(mute).every(({ failingWhy }) => failingWhy === "")).toBe(true);
  });

  test("a trace tells where a request was and for how long, and nothing of what is not instrumented", () => {
    const match = played(watchedBy({ sampling: 1 }), 10);
    const [slowest, second] = match.view(0).traces;
    expect(slowest!.lengthMs).toBeGreaterThanOrEqual(second!.lengthMs);
    for (const { spans, lengthMs } of match.view(0).traces) {
      expect(spans.length).toBeGreaterThan(0);
      for (const { fromMs, untilMs } of spans) {
        expect(fromMs).toBeGreaterThanOrEqual(0);
        expect(fromMs).toBeLessThanOrEqual(lengthMs);
        if (untilMs >= 0) expect(untilMs).toBeGreaterThanOrEqual(fromMs);
      }
    }
    const gaps = played(watchedBy({ sampling: 1, traces: ["api"] }), 10).view(0).traces;
    expect(gaps.flatMap(({ spans }) => spans).every((span) => span.component === "api")).toBe(true);
    // Traces are the lead's.
    const crew = new Match(watchedBy({ sampling: 1 }), "sight", crewOf(4));
    for (let tick = 0; tick < 200; tick++) crew.advance();
    const seeing = crew.operators.map((_, seat) => crew.view(seat).traces.length > 0);
    expect(seeing).toEqual(crew.operators.map(({ roles }) => roles.includes("lead")));
  });

  test("telling takes CPU: every signal makes the requests of its component more work", () => {
    const busy = (level: Level, ...intents: readonly Intent[]) =>
      played(level, 12, ...intents).cluster.world.machines.reduce((sum, machine) => sum + machine.busyUs(), 0);
    const free = busy(watchedBy({ overhead: 0 }));
    const dear = busy(watchedBy({ overhead: 0.2 }));
    const dark = busy(watchedBy({ overhead: 0.2, metrics: [], logs: [], traces: [] }));
    expect(dear / free).toBeGreaterThan(1.3);
    expect(dark / free).toBeCloseTo(1, 1);
  });

  test("a service that tells of itself has more work too, though it begins each request with none", () => {
    const told = (metrics: readonly string[]) =>
      played(watchedBy({ overhead: 1, metrics, logs: [], traces: [] }), 12).cluster.world.machines.reduce(
        (sum, machine) => sum + machine.busyUs(),
        0,
      );
    expect(told(["api"]) / told([])).toBeGreaterThan(1.02);
  });

  test("telling costs money: as much for each signal of each component", () => {
    const priced = (lines: object): Level => ({ ...watchedBy(lines), prices: { storage: 0, crossZone: 0, instrumentation: 0.1 } });
    const spent = (level: Level) => played(level, 10).spent;
    const dark = spent(priced({ metrics: [], logs: [], traces: [] }));
    const one = spent(priced({ metrics: ["ledger"], logs: [], traces: [] }));
    const all = spent(priced({}));
    expect(one - dark).toBeCloseTo((0.1 * 10) / 60, 6);
    expect((all - dark) / (one - dark)).toBeCloseTo(3 * Object.keys(ALL_WEATHERS.components).length, 3);
  });

  test("what is turned on during a match is seen a little later", () => {
    const level = watchedBy({ metrics: [] });
    const match = played({ ...level, faults: [] }, 6, { verb: "instrument", component: "ledger", signal: "metrics", on: true });
    expect(component(match, "ledger").ratePerSecond).toBeGreaterThan(10);
    expect(component(match, "feed").ratePerSecond).toBe(0);
  });

  test("whoever pages for nothing but users is not woken for a busy machine", () => {
    const quiet = played(ALL_WEATHERS, 18, { verb: "set", component: "watch", setting: "pageMachines", value: 0 });
    const loud = played(ALL_WEATHERS, 18);
    const ofMachines = (match: Match) => match.pager.alerts.filter(({ at, sinceMs }) => /^[nl]/.test(at) && sinceMs > 1_000);
    expect(ofMachines(loud).length).toBeGreaterThan(3);
    expect(ofMachines(quiet)).toEqual([]);
  });
});

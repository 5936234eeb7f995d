import { describe, expect, test } from "vitest";
import { Yard } from "./yard.ts";

const seed = "gateway";

/** A gateway on one node of two workers before two partners; clients in zones A and B. */
function yardOf(more: object): Yard {
  return new Yard({
    seed,
    zones: 2,
    linkMs: 5,
    machines: { oak: { workers: 2, queueCap: 20 } },
    components: {
      bank: { kind: "partner", in: "A", p50: "20ms", p99: "20ms" },
      mail: { kind: "partner", in: "A", p50: "50ms", p99: "50ms" },
      door: { kind: "gateway", on: ["oak"], to: ["bank", "mail"], ...more },
    },
  });
}

const turnedAway = (yard: Yard, source: number): number =>
  yard.seen(source).filter(({ reply }) => reply?.reason === "rateLimited").length / yard.seen(source).length;

describe("a gateway", () => {
  test("passes each request to whoever has the answer, at the price of a hop and of its own work", () => {
    const yard = yardOf({});
    const bank = yard.ask({ via: "door", to: "bank", perSecond: 20, untilMs: 10_000 });
    const mail = yard.ask({ via: "door", to: "mail", perSecond: 20, untilMs: 10_000 });
    yard.runUntil(12_000);
    const meanMs = (source: number) =>
      yard.seen(source).reduce((sum, { tookMs }) => sum + tookMs, 0) / yard.seen(source).length;
    expect(yard.served(bank) + yard.served(mail)).toBe(2);
    expect(meanMs(bank)).toBeGreaterThan(20.9);
    expect(meanMs(bank)).toBeLessThan(21.4);
    expect(meanMs(mail)).toBeGreaterThan(50.9);
  });

  test("can do no more than its own CPU, whatever stands behind it", () => {
    const yard = yardOf({ time: "10ms" });
    const source = yard.ask({ via: "door", to: "bank", perSecond: 400, untilMs: 10_000 });
    yard.runUntil(12_000);
    expect(yard.served(source)).toBeGreaterThan(0.45);
    expect(yard.served(source)).toBeLessThan(0.55);
  });

  test("with a limit per zone lets one zone's crowd hurt that zone only", () => {
    const yard = yardOf({ limit: { perSecond: 20, burst: 20, per: "zone" } });
    const crowd = yard.ask({ via: "door", to: "bank", perSecond: 100, untilMs: 20_000, zone: "A" });
    const quiet = yard.ask({ via: "door", to: "bank", perSecond: 10, untilMs: 20_000, zone: "B" });
    yard.runUntil(22_000);
    expect(turnedAway(yard, crowd)).toBeGreaterThan(0.77);
    expect(turnedAway(yard, crowd)).toBeLessThan(0.81);
    expect(turnedAway(yard, quiet)).toBe(0);
    expect(yard.gauge("door", "over the limit")).toBeGreaterThan(0.3);
  });

  test("with a limit per session turns away who asks too much, and nobody else", () => {
    const yard = yardOf({ limit: { perSecond: 2, burst: 4, per: "session" } });
    const greedy = yard.ask({ via: "door", to: "bank", perSecond: 20, untilMs: 20_000, sessions: 1, zone: "A" });
    const many = yard.ask({ via: "door", to: "mail", perSecond: 40, untilMs: 20_000, sessions: 100, zone: "A" });
    yard.runUntil(22_000);
    expect(turnedAway(yard, greedy)).toBeGreaterThan(0.6);
    expect(turnedAway(yard, many)).toBeLessThan(0.01);
  });

  test("lets all pass when operators set its limit to 0", () => {
    const yard = yardOf({ limit: { perSecond: 2, burst: 2, per: "zone" } });
    yard.set("door", "rateLimit", 0);
    const source = yard.ask({ via: "door", to: "bank", perSecond: 50, untilMs: 5_000 });
    yard.runUntil(6_000);
    expect(yard.served(source)).toBe(1);
  });

  test("does not know what became of a request whose answer it stopped waiting for", () => {
    const yard = yardOf({ timeout: "30ms" });
    const source = yard.ask({ via: "door", to: "mail", kind: "write", perSecond: 10, untilMs: 2_000 });
    yard.runUntil(3_000);
    expect(new Set(yard.seen(source).map(({ reply }) => `${reply?.outcome} ${reply?.reason}`))).toEqual(
      new Set(["unknown timeout"]),
    );
  });
});

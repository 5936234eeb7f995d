import { describe, expect, test } from "vitest";
import { Yard, type Seen } from "./yard.ts";

const seed = "load";
const SLOW = { kind: "partner", in: "A", p50: "100ms", p99: "100ms" } as const;

/** A service of ten workers before a partner of 100 ms: 100 requests a second are all that it can do. */
function yardOf(more: object): Yard {
  const shop = {
    kind: "service",
    on: ["oak"],
    calls: "bank",
    time: "1ms",
    workers: 10,
    queue: 200,
    attempts: 1,
    ...more,
  } as const;
  return new Yard({ seed, machines: { oak: {} }, components: { bank: SLOW, shop } });
}

const within = (all: readonly Seen[], ms: number): number =>
  all.filter(({ reply, tookMs }) => reply?.outcome === "ok" && tookMs <= ms).length / all.length;
const turnedAway = (all: readonly Seen[]): readonly Seen[] => all.filter(({ reply }) => reply?.reason === "queueFull");

describe("a service under half as much load again as it can do", () => {
  /** How its clients fare, who wait for a second. */
  function overload(more: object) {
    const yard = yardOf(more);
    const ask = { via: "shop", to: "bank", perSecond: 75, untilMs: 20_000, giveUpMs: 1_000 };
    const low = yard.ask({ ...ask, priority: 0 });
    const high = yard.ask({ ...ask, priority: 2 });
    yard.runUntil(25_000);
    const of = (source: number) => yard.seen(source, 5_000, 18_000);
    return { all: [...of(low), ...of(high)], low: of(low), high: of(high) };
  }

  test("answers everybody too late when the queue is long and fair", () => {
    expect(within(overload({}).all, 1_000)).toBeLessThan(0.02);
  });

  test("answers two thirds in time when the queue is short: the others know at once", () => {
    const { all } = overload({ queue: 20 });
    expect(within(all, 1_000)).toBeGreaterThan(0.63);
    expect(turnedAway(all).every(({ tookMs }) => tookMs < 1)).toBe(true);
  });

  test("answers as many in time when the newest goes first, however long the queue", () => {
    expect(within(overload({ discipline: "lifo" }).all, 1_000)).toBeGreaterThan(0.6);
  });

  test("begins nothing for those who gave up when it looks at deadlines; in a fair queue the next has almost given up too", () => {
    const { all } = overload({ dropAbandoned: true });
    expect(all.some(({ reply }) => reply?.reason === "queueFull")).toBe(false);
    expect(within(all, 1_000)).toBeGreaterThan(5 * within(overload({}).all, 1_000));
    expect(within(all, 1_000)).toBeLessThan(0.3);
    expect(within(overload({ dropAbandoned: true, discipline: "lifo" }).all, 1_000)).toBeGreaterThan(0.6);
  });

  test("sheds by priority: those who must not fail are served, the others pay for it", () => {
    const fair = overload({ queue: 20 });
    expect(Math.abs(within(fair.high, 1_000) - within(fair.low, 1_000))).toBeLessThan(0.1);
    const { high, low } = overload({ queue: 20, shedByPriority: true });
    expect(within(high, 1_000)).toBeGreaterThan(0.99);
    expect(within(low, 1_000)).toBeLessThan(0.5);
    expect(within(low, 1_000)).toBeGreaterThan(0.2);
  });

  test("does more with more workers, if the callee can take it", () => {
    const yard = yardOf({});
    const source = yard.ask({ via: "shop", to: "bank", perSecond: 150, untilMs: 20_000, giveUpMs: 1_000 });
    yard.runUntil(5_000);
    yard.set("shop", "workers", 40);
    yard.runUntil(22_000);
    expect(within(yard.seen(source, 2_000, 4_000), 1_000)).toBeLessThan(0.1);
    expect(within(yard.seen(source, 9_000, 19_000), 1_000)).toBe(1);
  });
});

describe("a service that crashes", () => {
  test("forgets all that it had in hand, and takes requests again when it is up", () => {
    const yard = yardOf({ remember: "60s", fallback: "stale" });
    const source = yard.ask({ via: "shop", to: "bank", perSecond: 95, untilMs: 9_000, giveUpMs: 3_000 });
    yard.runUntil(4_000);
    const [oak] = yard.world.machines;
    expect(yard.gauge("shop", "busy workers")).toBeGreaterThan(5);
    yard.world.crash(oak!);
    expect([
      yard.gauge("shop", "busy workers"),
      yard.gauge("shop", "waiting"),
      yard.gauge("shop", "calls in flight"),
    ]).toEqual([0, 0, 0]);
    yard.runUntil(5_000);
    yard.world.restart(oak!, false);
    yard.runUntil(13_000);
    expect(yard.served(source, 4_000, 4_999)).toBe(0);
    expect(yard.served(source, 5_001, 8_000)).toBe(1);
  });
});

describe("the settings of a service", () => {
  const calls = ["bank", { to: "card-net", timeout: "150ms", breaker: {} }];
  const yard = new Yard({
    seed,
    machines: { oak: {} },
    components: { bank: SLOW, "card-net": SLOW, shop: { kind: "service", on: ["oak"], calls, fallback: "stale" } },
  });
  const settings = yard.get("shop").settings!;

  test("have a name each, of one word, and those of a callee with lines of its own bear its name", () => {
    const names = settings.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[a-z][A-Za-z]*$/.test(name))).toEqual([]);
    expect(names).toContain("timeout");
    expect(names).toContain("cardNetTimeout");
    expect(names).not.toContain("bankTimeout");
  });

  test.each(settings)(
    "$name is what was set last, and lies within its bounds",
    ({ min, max, get, set, choices = [], about }) => {
      expect(about).toMatch(/^[A-Z].*\.$/);
      expect(get()).toBeGreaterThanOrEqual(min);
      expect(get()).toBeLessThanOrEqual(max);
      for (const value of [max, min]) {
        set(value);
        expect(get()).toBe(value);
      }
      if (choices.length > 0) expect(choices.length).toBe(max + 1);
    },
  );

  test("begin as the level has them", () => {
    const fresh = new Yard({
      seed,
      machines: { oak: {} },
      components: { bank: SLOW, shop: { kind: "service", on: ["oak"], calls: { to: "bank", timeout: "150ms" } } },
    });
    const of = (name: string) =>
      fresh
        .get("shop")
        .settings!.find((setting) => setting.name === name)!
        .get();
    expect([
      of("timeout"),
      of("bankTimeout"),
      of("bankAttempts"),
      of("breaker"),
      of("hedging"),
      of("retryBudget"),
    ]).toEqual([1_000, 150, 3, 0, 0, 1]);
  });
});

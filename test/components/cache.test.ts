import { describe, expect, test } from "vitest";
import { countArrivals, Yard } from "./yard.ts";

const seed = "cache";
const STORE = { kind: "store", on: ["elm"], protocol: "single", dial: ["linearizable"], keys: 100 } as const;

/** A store behind a cache of one node, or of two. */
function yardOf(more: object, nodes = ["oak"], store: object = {}): Yard {
  return new Yard({
    seed,
    machines: { oak: {}, ash: {}, elm: {} },
    components: { stock: { ...STORE, ...store }, goods: { kind: "cache", on: nodes, of: "stock", ...more } },
  });
}

/** Reads of one key at 100/s and writes at 5/s through one cache; how often a read missed what had been written before it. */
function staleShare(more: object): number {
  const yard = yardOf(more);
  const reads = yard.ask({ via: "goods", to: "stock", perSecond: 100, untilMs: 20_000 });
  const writes = yard.ask({ via: "goods", to: "stock", kind: "write", perSecond: 5, untilMs: 20_000 });
  yard.runUntil(22_000);
  const written = yard
    .seen(writes)
    .flatMap(({ atMs, tookMs, reply }) =>
      reply?.outcome === "ok" ? [{ doneMs: atMs + tookMs, position: reply.position }] : [],
    );
  const newestAt = (atMs: number): number =>
    Math.max(0, ...written.filter(({ doneMs }) => doneMs < atMs).map(({ position }) => position));
  const all = yard.seen(reads);
  return all.filter(({ atMs, reply }) => reply!.position < newestAt(atMs)).length / all.length;
}

describe("a cache", () => {
  test("answers from memory what it has, and the store sees the rest", () => {
    const yard = yardOf({ capacity: 100, ttl: "0s", negative: true });
    const arrivals = countArrivals(yard.world);
    const source = yard.ask({ via: "goods", to: "stock", perSecond: 200, untilMs: 20_000, keys: 100 });
    yard.runUntil(22_000);
    expect(yard.served(source)).toBe(1);
    expect(arrivals[0]).toBe(100);
    expect(yard.gauge("goods", "entries")).toBe(100);
    expect(yard.gauge("goods", "hit ratio")).toBeGreaterThan(0.98);
  });

  test("holds no more than its capacity: the entry that was used longest ago goes", () => {
    const yard = yardOf({ capacity: 10, ttl: "0s", negative: true });
    yard.ask({ via: "goods", to: "stock", perSecond: 500, untilMs: 20_000, keys: 100 });
    yard.runUntil(22_000);
    expect(yard.gauge("goods", "entries")).toBe(10);
    expect(Math.abs(yard.gauge("goods", "hit ratio") - 0.1)).toBeLessThan(0.07);
  });

  test("asks anew when an entry is older than its time to live", () => {
    const yard = yardOf({ ttl: "1s", negative: true });
    const arrivals = countArrivals(yard.world);
    yard.ask({ via: "goods", to: "stock", perSecond: 200, untilMs: 20_000 });
    yard.runUntil(22_000);
    expect(arrivals[0]).toBeGreaterThan(18);
    expect(arrivals[0]).toBeLessThan(22);
  });

  test("does not remember that there is nothing, unless it is told to", () => {
    const yard = yardOf({ ttl: "0s", singleFlight: false });
    const arrivals = countArrivals(yard.world);
    const source = yard.ask({ via: "goods", to: "stock", perSecond: 200, untilMs: 5_000 });
    yard.runUntil(6_000);
    expect(arrivals[0]).toBe(yard.seen(source).length);
  });

  test("goes stale for as long as its time to live when writes go around it", () => {
    expect(staleShare({ write: "around", ttl: "1s", negative: true })).toBeGreaterThan(0.5);
  });

  test.each(["through", "invalidate"])(
    "of one instance is hardly ever stale when writes go through it and it is set to %s",
    (write) => {
      expect(staleShare({ write, ttl: "0s" })).toBeLessThan(0.01);
    },
  );

  test("of two instances is stale after writes through the other, unless they tell each other", () => {
    /** Reads by both instances at random, writes by both; how often a session sees time run backwards. */
    const backwards = (more: object): number => {
      const nodes = { oak: {}, ash: {}, elm: {} };
      const components = {
        stock: STORE,
        goods: { kind: "cache", on: ["oak", "ash"], of: "stock", ttl: "5s", ...more },
        shop: { kind: "service", on: ["elm"], calls: "goods", time: "0.1ms" },
      } as const;
      const yard = new Yard({ seed, machines: nodes, components });
      const reads = yard.ask({ via: "shop", to: "stock", perSecond: 100, untilMs: 20_000, sessions: 1 });
      yard.ask({ via: "shop", to: "stock", kind: "write", perSecond: 2, untilMs: 20_000, sessions: 1 });
      yard.runUntil(22_000);
      let newest = 0;
      let back = 0;
      for (const { reply } of yard.seen(reads)) {
        if (reply!.position < newest) back++;
        newest = Math.max(newest, reply!.position);
      }
      return back / yard.seen(reads).length;
    };
    expect(backwards({})).toBeGreaterThan(0.2);
    expect(backwards({ tellOthers: true })).toBeLessThan(0.01);
    expect(backwards({ sharded: true })).toBeLessThan(0.01);
  });

  test("lets a hundred who miss the same wait for one fetch; without, all of them fall on the store", () => {
    const slow = { readTime: "200ms", spread: "fixed" };
    const fetches = (singleFlight: boolean): { missed: number; asked: number; waiting: number } => {
      const yard = yardOf({ singleFlight, ttl: "0s", negative: true }, ["oak"], slow);
      const arrivals = countArrivals(yard.world);
      const reads = yard.ask({ via: "goods", to: "stock", perSecond: 1_000, untilMs: 100 });
      yard.runUntil(150);
      const waiting = yard.gauge("goods", "waiting for a fetch");
      yard.runUntil(30_000);
      return { missed: yard.seen(reads).length, asked: arrivals[0]!, waiting };
    };
    const together = fetches(true);
    expect(together.missed).toBeGreaterThan(50);
    expect(together).toMatchObject({ asked: 1, waiting: together.missed - 1 });
    expect(fetches(false)).toMatchObject({ asked: together.missed, waiting: 0 });
  });

  test("is empty after a crash, and the store bears the stampede", () => {
    const yard = yardOf({ ttl: "0s", negative: true });
    const arrivals = countArrivals(yard.world);
    yard.ask({ via: "goods", to: "stock", perSecond: 200, untilMs: 10_000, keys: 100, giveUpMs: 1_000 });
    yard.runUntil(5_000);
    const [oak] = yard.world.machines;
    yard.world.crash(oak!);
    yard.world.restart(oak!, false);
    expect(yard.gauge("goods", "entries")).toBe(0);
    yard.runUntil(12_000);
    expect(arrivals[0]).toBeGreaterThan(190);
  });

  test("is one more replica: it gives a session an answer older than what the session has seen", () => {
    const yard = yardOf({ ttl: "60s", negative: true, write: "around" });
    const reads = yard.ask({ via: "goods", to: "stock", perSecond: 20, untilMs: 5_000, sessions: 1 });
    yard.ask({ via: "goods", to: "stock", kind: "write", perSecond: 2, untilMs: 5_000, sessions: 1 });
    yard.runUntil(6_000);
    expect(new Set(yard.seen(reads, 500).map(({ reply }) => reply!.position)).size).toBe(1);
  });
});

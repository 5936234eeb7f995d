import { describe, expect, test } from "vitest";
import { checkers } from "../../shared/checkers/registry.ts";
import { wrongs } from "./elementsSeen.ts";
import { bookOf, p99, registersSeen, reshard, shardedBook } from "./shardedBook.ts";
import { Yard, countArrivals } from "./yard.ts";

const NODES = Array.from({ length: 10 }, (_, node) => `node${node}`);
const READ_MS = 4;

/** Ten nodes with a shard each, and 32 customers with 10 keys each; a scan asks for all keys of a customer. */
function farm(partitioning: object): Yard {
  return new Yard({
    seed: "scans",
    machines: { desk: {}, ...Object.fromEntries(NODES.map((name) => [name, { workers: 8 }])) },
    components: {
      book: {
        kind: "store",
        on: NODES,
        protocol: "single",
        dial: ["linearizable"],
        keys: 320,
        buckets: 10,
        shards: 10,
        replicationFactor: 1,
        partitioning,
        readTime: `${READ_MS}ms`,
        scans: { timeout: "10s" },
      },
      api: { kind: "service", on: ["desk"], calls: "book", timeout: "10s", attempts: 1, workers: 1_000, queue: 1_000 },
    },
  });
}

/** Mean and p99 of scans by one way to split keys, ms, and the requests of the store for each. */
function scanned(partitioning: object): { readonly mean: number; readonly p99: number; readonly requests: number } {
  const yard = farm(partitioning);
  const arrivals = countArrivals(yard.world);
  const scans = yard.ask({ via: "api", to: "book", kind: "scan", amount: 10, keys: 320, perSecond: 50, untilMs: 80_000 });
  yard.runUntil(90_000);
  expect(yard.served(scans)).toBe(1);
  const seen = yard.seen(scans);
  const mean = seen.reduce((sum, { tookMs }) => sum + tookMs, 0) / seen.length;
  return { mean, p99: p99(yard, scans, 0, 80_000), requests: arrivals[0]! / seen.length };
}

describe("a scan of a customer's ten keys over ten shards", () => {
  const one = scanned({ by: "composite", spread: 1 });
  const few = scanned({ by: "composite", spread: 3 });
  const all = scanned({ by: "modulo" });

  test("asks one shard where the customer decides, a few where the bucket counts too, and all where keys are scattered", () => {
    // The replica that is asked first hands the scan to whoever puts it together: two requests beside the parts.
    expect([one, few, all].map(({ requests }) => Math.round(requests))).toEqual([3, 5, 12]);
  });

  test("takes as long as the slowest of them: the mean of the largest of n exponential times is the nth harmonic number", () => {
    const harmonic = (n: number): number => Array.from({ length: n }, (_, k) => 1 / (k + 1)).reduce((sum, part) => sum + part, 0);
    expect((few.mean - one.mean) / READ_MS).toBeCloseTo(harmonic(3) - 1, 0.8);
    expect((all.mean - one.mean) / READ_MS).toBeCloseTo(harmonic(10) - 1, 0.8);
    expect(all.p99).toBeGreaterThan(one.p99 * 1.2);
  });

  test("is as fast as on a store with one shard when one shard is all that it asks", () => {
    const alone = new Yard({
      seed: "scans",
      machines: { desk: {}, node0: { workers: 8 } },
      components: {
        book: { kind: "store", on: ["node0"], protocol: "single", dial: ["linearizable"], keys: 320, readTime: `${READ_MS}ms`, scans: {} },
        api: { kind: "service", on: ["desk"], calls: "book", timeout: "10s", attempts: 1, workers: 1_000, queue: 1_000 },
      },
    });
    const scans = alone.ask({ via: "api", to: "book", kind: "scan", amount: 10, keys: 320, perSecond: 50, untilMs: 80_000 });
    alone.runUntil(90_000);
    expect(Math.abs(p99(alone, scans, 0, 80_000) / one.p99 - 1)).toBeLessThan(0.15);
  });
});

describe("a scan with a shard that is silent", () => {
  const ask = { via: "api", to: "book", kind: "scan", amount: 8, keys: 64, perSecond: 20, untilMs: 8_000 } as const;

  function silent(partial: boolean): { yard: Yard; scans: number; sources: ReadonlyMap<number, "write" | "scan"> } {
    const lines = { replicationFactor: 1, protocol: "single", shards: 3, scans: { timeout: "200ms", partial } };
    const yard = shardedBook({ seed: "silent", lines, desk: { timeout: "1s", attempts: 1 } });
    const writes = yard.ask({ ...ask, kind: "write" });
    const scans = yard.ask(ask);
    yard.runUntil(4_000);
    yard.world.pause(yard.world.machines.find(({ name }) => name === "moss")!);
    yard.runUntil(9_000);
    return { yard, scans, sources: new Map([[writes, "write"], [scans, "scan"]]) };
  }

  test("is refused, or answered with what there is where that is allowed, and says how much that is", () => {
    const whole = silent(false);
    expect(whole.yard.served(whole.scans, 0, 3_900)).toBe(1);
    const refused = whole.yard.seen(whole.scans, 4_100).filter(({ reply }) => reply?.reason === "shardSilent");
    expect(refused.length).toBeGreaterThan(30);
    const some = silent(true);
    const answered = some.yard.seen(some.scans, 4_100).filter(({ reply }) => reply?.outcome === "ok");
    expect(answered.length).toBeGreaterThan(30);
    for (const { reply } of answered) expect([5, 6]).toContain(reply!.value);
    expect(wrongs(checkers.linearizable, registersSeen(some.yard, some.sources))).toEqual({});
  });
});

describe("what scans promise is judged", () => {
  test("a scan that misses what was acknowledged is a stale read of that key", () => {
    const yard = shardedBook({ seed: "judged", lines: { scans: {} } });
    const sources = new Map([
      [yard.ask({ via: "api", to: "book", kind: "write", keys: 8, perSecond: 20, untilMs: 6_000 }), "write" as const],
      [yard.ask({ via: "api", to: "book", kind: "scan", amount: 8, keys: 8, perSecond: 20, untilMs: 6_000 }), "scan" as const],
    ]);
    yard.runUntil(3_000);
    reshard(yard, 4, { by: "hash" });
    yard.runUntil(7_000);
    expect(bookOf(yard).resharder!.mover.keysLeft).toBe(0);
    const history = registersSeen(yard, sources);
    expect(wrongs(checkers.linearizable, history)).toEqual({});
    const last = history.findLast(({ kind, outcome }) => kind === "scan" && outcome === "ok")!;
    expect(last.results!.length).toBeGreaterThan(5);
    const blind = history.map((one) => (one === last ? { ...one, results: one.results!.slice(1) } : one));
    expect(wrongs(checkers.linearizable, blind)).toEqual({ staleRead: 1 });
    const strange = history.map((one) => (one === last ? { ...one, results: [...one.results!, 1e9] } : one));
    expect(wrongs(checkers.eventual, strange)).toEqual({ phantomRead: 1 });
  });
});

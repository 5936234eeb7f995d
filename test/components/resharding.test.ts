import { describe, expect, test } from "vitest";
import { checkers } from "../../shared/checkers/registry.ts";
import type { OperationKind } from "../../shared/core/operations.ts";
import { keyChooser } from "../../shared/workload/source.ts";
import { wrongs } from "./elementsSeen.ts";
import { bookOf, p99, registersSeen, reshard, runUntilMoved, shardedBook } from "./shardedBook.ts";
import type { Yard } from "./yard.ts";

/** A book of 64 customers with 16 keys each, in one copy, on nodes that work on one request at a time. */
const LARGE = {
  protocol: "single",
  replicationFactor: 1,
  keys: 1_024,
  buckets: 16,
  shards: 3,
  partitioning: { by: "range" },
  readTime: "3ms",
  resharding: { shardsMax: 6, batch: 16, pause: "20ms", mapDelay: "300ms" },
};
/** A few large customers, as in the workload lines of a level. */
const CUSTOMERS = { choose: keyChooser("zipf 1.3 x 16", 1_024), via: "api", to: "book" };

function largeBook(seed: string, lines: object = {}): Yard {
  return shardedBook({ seed, workers: 1, desk: { timeout: "2s", attempts: 1 }, lines: { ...LARGE, ...lines } });
}

/** Share of the store's requests that its hottest shard has, as its replicas tell monitoring. */
function hottest(yard: Yard): number {
  const { instances } = bookOf(yard);
  return Math.max(...instances.map((_, place) => yard.gauge("book", "hottest shard", place)));
}

describe("a hot partition", () => {
  test("cools down when its customers are split by bucket too, while clients go on", () => {
    const yard = largeBook("hot");
    const reads = yard.ask({ ...CUSTOMERS, perSecond: 320, untilMs: 40_000 });
    yard.runUntil(15_000);
    expect(hottest(yard)).toBeGreaterThan(0.75);
    reshard(yard, 3, { by: "composite", spread: 3 });
    const doneMs = runUntilMoved(yard, 15_000, 30_000);
    yard.runUntil(41_000);
    expect(hottest(yard)).toBeLessThan(0.4);
    expect(yard.served(reads)).toBe(1);
    const [before, after] = [p99(yard, reads, 5_000, 15_000), p99(yard, reads, doneMs + 2_000, 40_000)];
    expect({ before: before > 40, after: after < before / 2 }).toEqual({ before: true, after: true });
  });

  test("is split in two by its traffic, and nothing else moves", () => {
    const yard = largeBook("split");
    yard.ask({ ...CUSTOMERS, perSecond: 200, untilMs: 30_000 });
    yard.runUntil(8_000);
    const before = bookOf(yard).map.sizes(6);
    const heat = hottest(yard);
    bookOf(yard).resharder!.split(0);
    runUntilMoved(yard, 8_000, 20_000);
    yard.runUntil(30_000);
    const after = bookOf(yard).map.sizes(6);
    expect(after.slice(1, 3)).toEqual(before.slice(1, 3));
    // Of the groups without keys, 3 stands beside shard 0 and 4 beside shard 1; 5 is on the least busy node.
    expect([after[0]! + after[5]!, after[3], after[4]]).toEqual([before[0], 0, 0]);
    expect(hottest(yard)).toBeLessThan(heat * 0.65);
  });
});

describe("resharding under load", () => {
  const ask = { via: "api", to: "book", keys: 64, perSecond: 100, untilMs: 12_000 };

  /** Writes at a book whose keys go from two shards to four at 4 s, in pieces of so many. */
  function moved(batch: number, pause: string): { yard: Yard; tookMs: number; worst: number; before: number } {
    const yard = shardedBook({
      seed: "load",
      desk: { timeout: "2s", attempts: 1 },
      lines: { resharding: { shardsMax: 4, batch, pause, mapDelay: "300ms" } },
    });
    const writes = yard.ask({ ...ask, kind: "write" });
    yard.runUntil(4_000);
    reshard(yard, 4, { by: "hash" });
    const doneMs = runUntilMoved(yard, 4_000, 12_000);
    yard.runUntil(13_000);
    const slowest = (fromMs: number, untilMs: number): number => p99(yard, writes, fromMs, untilMs);
    expect(yard.served(writes, 2_500)).toBe(1);
    return { yard, tookMs: doneMs - 4_000, worst: slowest(4_000, doneMs), before: slowest(2_500, 4_000) };
  }

  test("costs p99 while it lasts, the more the larger the pieces, and is the sooner over", () => {
    const small = moved(2, "50ms");
    const large = moved(64, "50ms");
    expect(large.tookMs).toBeLessThan(small.tookMs / 2);
    expect(large.worst).toBeGreaterThan(large.before * 1.4);
    expect(large.worst).toBeGreaterThan(small.worst * 1.4);
  });

  test("loses nothing when it is interrupted, and goes on from where it was", () => {
    const yard = shardedBook({ seed: "interrupted" });
    const kinds: readonly OperationKind[] = ["read", "write", "cas"];
    const sources = new Map(kinds.map((kind) => [yard.ask({ ...ask, kind }), kind]));
    const { mover } = bookOf(yard).resharder!;
    yard.runUntil(4_000);
    reshard(yard, 4, { by: "hash" });
    yard.runUntil(4_150);
    yard.set("book", "moving", 0);
    yard.runUntil(4_500);
    const left = mover.keysLeft;
    yard.runUntil(7_000);
    expect(mover.keysLeft).toBe(left);
    expect(left).toBeGreaterThan(10);
    yard.set("book", "moving", 1);
    expect(runUntilMoved(yard, 7_000, 12_000)).toBeLessThan(9_000);
    yard.runUntil(14_000);
    const history = registersSeen(yard, sources);
    expect(wrongs(checkers.linearizable, history)).toEqual({});
    expect(history.filter(({ invokedAtUs }) => invokedAtUs > 3e6).every(({ outcome }) => outcome !== "unknown")).toBe(true);
  });

  test("waits for a group without a quorum, and carries on when it is back", () => {
    const yard = shardedBook({ seed: "crashed" });
    const sources = new Map([[yard.ask({ ...ask, kind: "write" }), "write" as const], [yard.ask(ask), "read" as const]]);
    const { machines } = yard.world;
    yard.runUntil(4_000);
    reshard(yard, 4, { by: "hash" });
    yard.runUntil(4_100);
    for (const name of ["elm", "moss"]) yard.world.crash(machines.find((machine) => machine.name === name)!);
    yard.runUntil(4_300);
    const left = bookOf(yard).resharder!.mover.keysLeft;
    yard.runUntil(8_000);
    expect(bookOf(yard).resharder!.mover.keysLeft).toBe(left);
    expect(left).toBeGreaterThan(10);
    for (const machine of machines) yard.world.restart(machine, false);
    expect(runUntilMoved(yard, 8_000, 14_000)).toBeLessThan(12_000);
    yard.runUntil(15_000);
    expect(wrongs(checkers.linearizable, registersSeen(yard, sources))).toEqual({});
  });

  test("rolls back by another order, after which every key is where it was", () => {
    const yard = shardedBook({ seed: "back" });
    const { map, resharder } = bookOf(yard);
    const owners = (): number[] => Array.from({ length: 64 }, (_, key) => map.ownerOf(key));
    const before = owners();
    yard.runUntil(3_000);
    reshard(yard, 4, { by: "hash" });
    yard.runUntil(3_200);
    expect(owners()).not.toEqual(before);
    reshard(yard, 2, { by: "modulo" });
    runUntilMoved(yard, 3_200, 8_000);
    expect(owners()).toEqual(before);
    expect(resharder!.mover.keysLeft).toBe(0);
  });

  test("is not noticed by those whose map is old: they are sent on", () => {
    const yard = shardedBook({ seed: "old map", lines: { resharding: { shardsMax: 4, batch: 16, pause: "1ms", mapDelay: "1h" } } });
    const reads = yard.ask({ ...ask, fromMs: 2_000 });
    yard.runUntil(4_000);
    reshard(yard, 4, { by: "hash" });
    expect(runUntilMoved(yard, 4_000, 8_000)).toBeLessThan(6_000);
    yard.runUntil(13_000);
    expect(yard.served(reads)).toBe(1);
    const groups = new Set(bookOf(yard).groups.slice(2).flatMap(({ members }) => members));
    for (let key = 0; key < 64; key++) {
      for (const { process } of bookOf(yard).instancesFor(key)) expect(groups.has(process)).toBe(false);
    }
  });
});

describe("operators are told why keys can't be moved", () => {
  const refusal = (lines: object, shards: number): string | null =>
    bookOf(shardedBook({ seed: "refused", lines: { ...lines } })).resharder!.refuse(shards, { by: "hash", virtualNodes: 64 });

  test.each([
    [{ protocol: "primaryBackup", mode: "async" }, 4, /may lose the keys/],
    [{}, 5, /4 shards at most/],
  ])("%j to %i shards", (lines, shards, sentence) => {
    expect(refusal(lines, shards)).toMatch(sentence);
    expect(refusal({}, 4)).toBeNull();
  });

  test("and which shards can't be split", () => {
    const { resharder } = bookOf(shardedBook({ seed: "refused", lines: { partitioning: { by: "range" } } }));
    expect(resharder!.refuseSplit(0)).toBeNull();
    expect(resharder!.refuseSplit(3)).toMatch(/no shard 3 with keys/);
    expect(bookOf(shardedBook({ seed: "refused" })).resharder!.refuseSplit(0)).toMatch(/Only ranges/);
  });
});

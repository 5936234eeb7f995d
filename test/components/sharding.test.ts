import { describe, expect, test } from "vitest";
import { partitionings, splitBy, type PartitioningRule } from "../../shared/components/store/partitioning/registry.ts";
import { PartitioningRule as Rule } from "../../shared/components/store/partitioning/registry.ts";
import { RandomStreams } from "../../shared/core/random.ts";
import { keyChooser } from "../../shared/workload/source.ts";

const SPACE = { keys: 1_024, buckets: 16 };

function rule(lines: object): PartitioningRule {
  return Rule.parse(lines);
}

/** Shares of the requests of a workload that each shard gets, hottest first. */
function shares(lines: object, shards: number, keys: string): number[] {
  const shardOf = splitBy(rule(lines), SPACE, shards);
  const choose = keyChooser(keys, SPACE.keys);
  const luck = new RandomStreams("shares").stream("keys", "shares");
  const counts = new Array<number>(shards).fill(0);
  for (let count = 0; count < 100_000; count++) counts[shardOf(choose(luck, 0))]! += 1e-5;
  return counts.toSorted((a, b) => b - a);
}

/** Share of the keys that belong to another shard once there is one more. */
function movedByOneMore(lines: object, shards: number): number {
  const [before, after] = [splitBy(rule(lines), SPACE, shards), splitBy(rule(lines), SPACE, shards + 1)];
  return Array.from({ length: SPACE.keys }, (_, key) => key).filter((key) => before(key) !== after(key)).length / SPACE.keys;
}

describe.each(Object.entries(partitionings))("keys split by %s", (name, { about, source, by }) => {
  const lines = { by: name };

  test("are told what that is and where it comes from", () => {
    expect(by).toBe(name);
    expect(about).toMatch(/^[A-Z].*\.$/);
    expect(source).toMatch(/\d{4}|guide/);
  });

  test.each([1, 2, 7, 10])("belong to one of %i shards each, and no shard is left out", (shards) => {
    const shardOf = splitBy(rule(lines), SPACE, shards);
    const seen = new Set(Array.from({ length: SPACE.keys }, (_, key) => shardOf(key)));
    expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: shards }, (_, shard) => shard));
  });
});

describe("where keys move when a shard is added", () => {
  test("by modulo almost all do, on a ring hardly more than the new shard's share", () => {
    expect(movedByOneMore({ by: "modulo" }, 9)).toBeGreaterThan(0.85);
    const moved = movedByOneMore({ by: "hash" }, 9);
    expect(moved).toBeGreaterThan(0.05);
    expect(moved).toBeLessThan(0.15);
  });

  test("on a ring they move to the new shard alone", () => {
    const [before, after] = [splitBy(rule({ by: "hash" }), SPACE, 9), splitBy(rule({ by: "hash" }), SPACE, 10)];
    const moved = Array.from({ length: SPACE.keys }, (_, key) => key).filter((key) => before(key) !== after(key));
    expect(new Set(moved.map(after))).toEqual(new Set([9]));
  });

  test("more virtual nodes split the ring more evenly", () => {
    const largest = (virtualNodes: number): number => shares({ by: "hash", virtualNodes }, 8, "uniform")[0]!;
    expect(largest(1)).toBeGreaterThan(1.8 / 8);
    expect(largest(256)).toBeLessThan(1.35 / 8);
  });
});

describe("a few large customers", () => {
  const WORKLOAD = "zipf 1.3 x 16";

  test("put 80 % of all requests on one of four shards when their keys are ranges of customers", () => {
    expect(shares({ by: "range" }, 4, WORKLOAD)[0]).toBeGreaterThan(0.8);
  });

  test("put half of them on one shard by customer alone, since the largest has more than a third", () => {
    expect(shares({ by: "composite", spread: 1 }, 4, WORKLOAD)[0]).toBeGreaterThan(0.4);
  });

  test("even out once the bucket counts too: the hottest of four shards has under 30 %", () => {
    expect(shares({ by: "composite", spread: 4 }, 4, WORKLOAD)[0]).toBeLessThan(0.3);
  });

  test("can still be looked up: all keys of a customer lie on as many shards as the spread says", () => {
    const shardOf = splitBy(rule({ by: "composite", spread: 3 }), SPACE, 10);
    for (let customer = 0; customer < SPACE.keys / SPACE.buckets; customer++) {
      const keys = Array.from({ length: SPACE.buckets }, (_, bucket) => customer * SPACE.buckets + bucket);
      expect(new Set(keys.map(shardOf)).size).toBe(3);
    }
  });
});

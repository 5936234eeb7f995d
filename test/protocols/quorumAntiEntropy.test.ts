import { describe, expect, test } from "vitest";
import { RandomStreams, pick } from "../../shared/core/random.ts";
import type { Cell } from "../../shared/protocols/quorum/cell.ts";
import { childrenOf, differing, LEAF_LEVEL, leafOf, merkleTree } from "../../shared/protocols/quorum/merkle.ts";
import type { QuorumMessage } from "../../shared/protocols/quorum/messages.ts";
import { quorum } from "../../shared/protocols/quorum/quorum.ts";
import type { QuorumState } from "../../shared/protocols/quorum/state.ts";
import { Cluster } from "./cluster.ts";

const cell = (operation: number, stampUs = operation * 1_000): Cell => ({
  stampUs,
  coordinator: operation % 3,
  operation,
  value: operation,
  ordinal: 1,
  causal: null,
});

const filled = (keys: number): Map<number, Cell> =>
  new Map(Array.from({ length: keys }, (_, key) => [key, cell(key + 1)] as const));

/** Leaves that a comparison from the root down comes to. */
function differingLeaves(a: Map<number, Cell>, b: Map<number, Cell>): { leaves: number[]; compared: number } {
  const [ours, theirs] = [merkleTree(a), merkleTree(b)];
  let [nodes, compared] = [[0], 0];
  for (let level = 0; ; level++) {
    compared += nodes.length;
    const differ = differing(
      ours,
      level,
      nodes,
      nodes.map((node) => theirs.levels[level]![node]!),
    );
    if (level === LEAF_LEVEL) return { leaves: differ, compared };
    nodes = childrenOf(differ);
  }
}

describe("Merkle trees of what replicas hold (DeCandia 2007, section 4.7)", () => {
  test("replicas that hold the same have the same root, in whatever order it came", () => {
    const cells = filled(1_000);
    const reversed = new Map([...cells].toReversed());
    expect(merkleTree(reversed)).toEqual(merkleTree(cells));
    expect(merkleTree(new Map()).levels[0]).toEqual([0]);
  });

  test("any difference leads to exactly the leaves that hold it", () => {
    const luck = new RandomStreams("merkle").stream("differences", "all");
    for (let trial = 0; trial < 50; trial++) {
      const [ours, theirs] = [filled(500), filled(500)];
      const changed = new Set<number>();
      for (let count = pick(luck, 4); count >= 0; count--) changed.add(pick(luck, 500));
      for (const key of changed) {
        if (luck() < 0.3) theirs.delete(key);
        else theirs.set(key, cell(10_000 + key, luck() < 0.5 ? 1 : 1e15));
      }
      const { leaves } = differingLeaves(ours, theirs);
      expect(leaves).toEqual([...new Set([...changed].map(leafOf))].sort((a, b) => a - b));
    }
  });

  test("one difference among many keys costs one path from the root to a leaf", () => {
    const theirs = filled(100_000);
    theirs.set(7, cell(200_000));
    expect(differingLeaves(filled(100_000), theirs).compared).toBe(1 + 3 * 16);
  });

  test("keys spread over the leaves evenly", () => {
    const perLeaf = new Map<number, number>();
    for (let key = 0; key < 100_000; key++) perLeaf.set(leafOf(key), (perLeaf.get(leafOf(key)) ?? 0) + 1);
    expect(perLeaf.size).toBe(4_096);
    expect(Math.max(...perLeaf.values())).toBeLessThan(60);
  });
});

describe("what a comparison sends", () => {
  /** Two replicas that hold the same but for some keys, compared on order; what they then sent. */
  function compare(keys: number, missing: readonly number[]) {
    const sent: QuorumMessage[] = [];
    const protocol = {
      ...quorum,
      receive: (...[state, io, from, message]: Parameters<typeof quorum.receive>) => {
        sent.push(message);
        quorum.receive(state, io, from, message);
      },
    };
    const cluster = new Cluster<QuorumState, QuorumMessage>({ protocol, replicas: 2, seed: "compare" });
    for (const [key, it] of filled(keys)) {
      cluster.state(0).cells.set(key, it);
      if (!missing.includes(key)) cluster.state(1).cells.set(key, it);
    }
    cluster.command(0, { type: "repair" });
    cluster.run(200);
    expect(cluster.state(1).cells.size).toBe(keys);
    return { messages: sent.length, writes: sent.reduce((sum, message) => sum + quorum.payload(message), 0) };
  }

  test("replicas that hold the same exchange one hash", () => {
    expect(compare(1_000, [])).toEqual({ messages: 1, writes: 0 });
  });

  test("only the keys of leaves that differ travel", () => {
    const { messages, writes } = compare(1_000, [5, 500, 900]);
    expect(messages).toBeLessThanOrEqual(6);
    expect(writes).toBeGreaterThanOrEqual(3);
    expect(writes).toBeLessThan(12);
  });

  test("a lost disk costs as much as it held, in messages of bounded size", () => {
    const everything = Array.from({ length: 1_000 }, (_, key) => key);
    const { messages, writes } = compare(1_000, everything);
    expect(writes).toBe(1_000);
    expect(messages).toBeGreaterThan(1_000 / 80);
  });
});

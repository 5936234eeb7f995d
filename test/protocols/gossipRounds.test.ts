import { describe, expect, test } from "vitest";
import type { GossipMessage } from "../../shared/protocols/gossip/messages.ts";
import { gossip } from "../../shared/protocols/gossip/gossip.ts";
import type { GossipState } from "../../shared/protocols/gossip/state.ts";
import type { GossipConfig } from "../../shared/protocols/protocol.ts";
import { Cluster } from "./cluster.ts";

const INTERVAL_MS = 100;
const SEEDS = Array.from({ length: 20 }, (_, seed) => String(seed));

interface Spread {
  /** Rounds until every replica had heard of one write. */
  readonly rounds: number;
  /** Messages of each replica in each round, and keys that travelled in all. */
  readonly messagesPerRound: number;
  readonly keys: number;
}

/** Replicas alone, of which one is told something; means over many seeds. */
function spreadOver(replicas: number, set: Partial<GossipConfig>): Spread {
  const runs = SEEDS.map((seed) => spreadOnce(replicas, set, seed));
  const mean = (of: (run: Spread) => number) => runs.reduce((sum, run) => sum + of(run), 0) / runs.length;
  return {
    rounds: mean(({ rounds }) => rounds),
    messagesPerRound: mean(({ messagesPerRound }) => messagesPerRound),
    keys: mean(({ keys }) => keys),
  };
}

function spreadOnce(replicas: number, set: Partial<GossipConfig>, seed: string): Spread {
  let [messages, keys] = [0, 0];
  const protocol = {
    ...gossip,
    receive: (...[state, io, from, message]: Parameters<typeof gossip.receive>) => {
      messages += 1;
      keys += gossip.payload(message);
      gossip.receive(state, io, from, message);
    },
  };
  const settings: GossipConfig = { style: "pushPull", fanout: 1, intervalMs: INTERVAL_MS, ...set };
  const weather = { delayMsMin: 1, delayMsMax: 1, loss: 0, duplication: 0, syncMsMax: 1, skewMsMax: 0 };
  const cluster = new Cluster<GossipState, GossipMessage>({
    protocol,
    replicas,
    seed,
    config: { stop: "eventual", gossip: settings },
    weather,
  });
  cluster.run(500);
  const write = { operation: 1, kind: "write", key: 1, argument: 7, expected: null, sessionPosition: 0 } as const;
  cluster.ask(0, write, () => {});
  const startUs = cluster.nowUs;
  const everybody = Array.from({ length: replicas }, (_, replica) => replica);
  const isKnown = () => everybody.every((replica) => cluster.state(replica).entries.has(1));
  expect(cluster.runUntil(isKnown, 60_000)).toBe(true);
  const rounds = (cluster.nowUs - startUs) / (INTERVAL_MS * 1_000);
  const before = messages;
  cluster.run(20 * INTERVAL_MS);
  return { rounds, messagesPerRound: (messages - before) / replicas / 20, keys };
}

describe("how news go round (Demers 1987, section 1.3)", () => {
  test("push-pull: the time to reach everybody grows with the logarithm of the number of replicas", () => {
    const rounds = [4, 8, 16, 32, 64].map((replicas) => spreadOver(replicas, {}).rounds);
    const steps = rounds.slice(1).map((time, place) => time - rounds[place]!);
    // Each doubling adds about as much as the one before.
    for (const step of steps) {
      expect(step).toBeGreaterThan(0.4);
      expect(step).toBeLessThan(1.2);
    }
    expect(rounds[4]! / rounds[0]!).toBeLessThan(16 / 3);
  });

  test("each replica sends no more than its calls and its answers, however many there are", () => {
    for (const replicas of [4, 16, 64]) {
      for (const style of ["push", "pull", "pushPull"] as const) {
        expect(spreadOver(replicas, { style }).messagesPerRound).toBeCloseTo(2, 1);
      }
    }
    expect(spreadOver(16, { fanout: 3 }).messagesPerRound).toBeCloseTo(6, 1);
  });

  test("telling and asking is faster than either alone, and a wider fanout is faster still", () => {
    const [push, pull, both, wide] = [
      spreadOver(32, { style: "push" }).rounds,
      spreadOver(32, { style: "pull" }).rounds,
      spreadOver(32, {}).rounds,
      spreadOver(32, { fanout: 3 }).rounds,
    ];
    expect(both).toBeLessThan(push);
    expect(both).toBeLessThan(pull);
    expect(wide).toBeLessThan(both);
  });

  test("replicas that know they hold the same send no keys", () => {
    const [few, cluster] = [
      spreadOver(8, {}),
      new Cluster<GossipState, GossipMessage>({
        protocol: gossip,
        replicas: 8,
        seed: "calm",
        config: { stop: "eventual" },
      }),
    ];
    expect(few.keys).toBeLessThan(8 * 8);
    cluster.ask(0, { operation: 1, kind: "write", key: 1, argument: 7, expected: null, sessionPosition: 0 }, () => {});
    cluster.run(10_000);
    const carried: number[] = [];
    const replica = cluster.state(3);
    const io = {
      ...cluster.io(3),
      send: (_: number, message: GossipMessage) => void carried.push(gossip.payload(message)),
    };
    gossip.timer(replica, io, 0);
    expect(carried).toEqual([0]);
  });
});

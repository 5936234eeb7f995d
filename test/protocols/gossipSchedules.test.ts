import { describe, expect, test } from "vitest";
import type { OperationKind } from "../../shared/core/operations.ts";
import { pick, RandomStreams } from "../../shared/core/random.ts";
import type { DataType } from "../../shared/protocols/crdt/dataType.ts";
import { dataTypes, type DataTypeName } from "../../shared/protocols/crdt/registry.ts";
import type { GossipMessage } from "../../shared/protocols/gossip/messages.ts";
import { gossip } from "../../shared/protocols/gossip/gossip.ts";
import type { GossipState } from "../../shared/protocols/gossip/state.ts";
import type { GossipConfig, ReplicaId } from "../../shared/protocols/protocol.ts";
import { Cluster } from "./cluster.ts";
import { failures } from "./replay.ts";
import { endTroubles, oneOf, trouble, type Trouble, TROUBLES } from "./troubles.ts";
import { FOUL_WEATHER } from "./weather.ts";

const FILE = "gossipSchedules.test.ts";
const KEYS = 3;
const STYLES = ["push", "pull", "pushPull"] as const;

/** A replica comes back with nothing. */
const diskLoss: Trouble = {
  name: "diskLoss",
  strike: (cluster, luck) => {
    const victim = pick(luck, cluster.replicas);
    cluster.crash(victim);
    cluster.later(20 + luck() * 300, () => cluster.restart(victim, true));
  },
};

/** One update that a client asked for, and whether it was acknowledged. */
interface Asked {
  readonly kind: OperationKind;
  readonly key: number;
  readonly argument: number;
  isAcknowledged: boolean;
}

interface End {
  readonly asked: readonly Asked[];
  /** Whether every replica held the same at the end, and what the first one then told of each key. */
  readonly isEqual: boolean;
  readonly values: readonly (number | null)[];
  readonly elements: readonly (readonly number[] | null)[];
}

interface Setup {
  readonly data: DataTypeName;
  readonly replicas: number;
  readonly troubles: readonly Trouble[];
}

/** Three seconds of updates amid troubles, and then as long as it takes everybody to hold the same, two seconds at most. */
function endOf(seed: string, { data, replicas, troubles }: Setup): End {
  const type: DataType<unknown> = dataTypes[data];
  const luck = new RandomStreams(seed).stream("updates", data);
  const gossips: GossipConfig = { style: oneOf(luck, STYLES), fanout: 1 + pick(luck, 2), intervalMs: 50 };
  const cluster = new Cluster<GossipState, GossipMessage>({
    protocol: gossip,
    replicas,
    seed,
    config: { stop: "eventual", data, gossip: gossips },
    weather: { ...FOUL_WEATHER, skewMsMax: 300 },
  });
  const asked: Asked[] = [];
  for (let atMs = 0; atMs < 3_000; atMs += luck() * 40) {
    const amount = data === "pnCounter" ? pick(luck, 9) - 4 : 1 + pick(luck, 9);
    const one = { kind: oneOf(luck, type.takes), key: pick(luck, KEYS), argument: amount, isAcknowledged: false };
    const replica: ReplicaId = pick(luck, replicas);
    const body = { ...one, operation: asked.length, expected: null, sessionPosition: 0 };
    asked.push(one);
    cluster.later(atMs, () => cluster.ask(replica, body, (answer) => (one.isAcknowledged = answer.outcome === "ok")));
  }
  trouble(cluster, seed, { troubles, forMs: 3_000 });
  cluster.run(3_000);
  endTroubles(cluster);
  const stateOf = (replica: ReplicaId, key: number) => cluster.state(replica).entries.get(key)?.state ?? type.empty;
  const keys = Array.from({ length: KEYS }, (_, key) => key);
  const held = (replica: ReplicaId) => JSON.stringify(keys.map((key) => stateOf(replica, key)));
  const isEqual = () => Array.from({ length: replicas }, (_, replica) => held(replica)).every((it) => it === held(0));
  cluster.run(100);
  cluster.runUntil(isEqual, 2_000);
  const isCalm = isEqual();
  return {
    asked,
    isEqual: isCalm,
    values: keys.map((key) => type.value(stateOf(0, key))),
    elements: keys.map((key) => type.values(stateOf(0, key))),
  };
}

/** What must have become of acknowledged updates, by data type; each throws where it did not. */
const EXPECTATIONS: Readonly<Record<DataTypeName, (asked: readonly Asked[], end: End, key: number) => void>> = {
  gCounter: expectCount,
  pnCounter: expectCount,
  lwwRegister: expectWritten,
  lwwMap: expectWritten,
  lwwCounter: (asked, { values }, key) => {
    expect(values[key]).toBeLessThanOrEqual(asked.reduce((total, { argument }) => total + argument, 0));
    if (asked.some((it) => it.isAcknowledged)) expect(values[key]).toBeGreaterThan(0);
  },
  orSet: (asked, { elements }, key) => {
    const held = elements[key]!;
    const removed = new Set(asked.filter(({ kind }) => kind === "remove").map(({ argument }) => argument));
    const added = asked.filter(({ kind }) => kind === "add");
    for (const element of held) expect(added.some(({ argument }) => argument === element)).toBe(true);
    const safe = added.filter(({ argument, isAcknowledged }) => isAcknowledged && !removed.has(argument));
    for (const { argument } of safe) expect(held).toContain(argument);
  },
};

/** All that was acknowledged counts once; what was not may count or not. */
function expectCount(asked: readonly Asked[], { values }: End, key: number): void {
  const sum = (of: readonly Asked[]) => of.reduce((total, { argument }) => total + argument, 0);
  const acknowledged = sum(asked.filter((it) => it.isAcknowledged));
  const open = asked.filter((it) => !it.isAcknowledged);
  expect(values[key]).toBeGreaterThanOrEqual(acknowledged + sum(open.filter(({ argument }) => argument < 0)));
  expect(values[key]).toBeLessThanOrEqual(acknowledged + sum(open.filter(({ argument }) => argument > 0)));
}

/** The value is one that somebody wrote, or none where somebody removed. */
function expectWritten(asked: readonly Asked[], { values }: End, key: number): void {
  const value = values[key]!;
  const writes = asked.filter(({ kind }) => kind === "write");
  const mayBeGone = asked.some(({ kind }) => kind === "remove") || !writes.some((it) => it.isAcknowledged);
  if (value === null) expect(mayBeGone).toBe(true);
  else expect(writes.some(({ argument }) => argument === value)).toBe(true);
}

describe.each(Object.keys(dataTypes) as DataTypeName[])("%s in random schedules", (data) => {
  test.each([3, 5])("%i replicas: they end up equal, and nothing acknowledged is lost", (replicas) => {
    const found = failures(FILE, 40, (seed) => {
      const end = endOf(seed, { data, replicas, troubles: TROUBLES });
      expect(end.isEqual, "all replicas hold the same").toBe(true);
      expect(end.asked.filter(({ isAcknowledged }) => isAcknowledged).length).toBeGreaterThan(end.asked.length / 4);
      for (let key = 0; key < KEYS; key++)
        EXPECTATIONS[data](
          end.asked.filter((it) => it.key === key),
          end,
          key,
        );
    });
    expect(found).toEqual([]);
  });

  test("when disks are lost, too, they end up equal, and nothing counts twice", () => {
    const found = failures(FILE, 40, (seed) => {
      const { asked, isEqual, values } = endOf(seed, {
        data,
        replicas: 4,
        troubles: [...TROUBLES, diskLoss, diskLoss],
      });
      expect(isEqual, "all replicas hold the same").toBe(true);
      if (data !== "gCounter") return;
      const most = (key: number) =>
        asked.filter((it) => it.key === key).reduce((sum, { argument }) => sum + argument, 0);
      values.forEach((value, key) => expect(value).toBeLessThanOrEqual(most(key)));
    });
    expect(found).toEqual([]);
  });
});

import { describe, expect, test } from "vitest";
import type { Operation } from "../../shared/history/operation.ts";
import type { ReplicationConfig } from "../../shared/protocols/protocol.ts";
import { quorum } from "../../shared/protocols/quorum/quorum.ts";
import type { QuorumMessage } from "../../shared/protocols/quorum/messages.ts";
import type { QuorumState } from "../../shared/protocols/quorum/state.ts";
import { CLIENTS, Clients } from "./clients.ts";
import { Cluster } from "./cluster.ts";
import { failures } from "./replay.ts";
import { crash, endTroubles, partition, trouble, TROUBLES } from "./troubles.ts";
import { FOUL_WEATHER } from "./weather.ts";

const FILE = "quorumSiblings.test.ts";
const SCHEDULES = 60;
const KEYS = CLIENTS.keys;

interface End {
  readonly history: readonly Operation[];
  /** By replica, what it holds of each key at the end. */
  readonly values: readonly (readonly (readonly number[])[])[];
}

/** Three seconds of trouble by clocks that are off by half a second, then peace and comparisons of replicas. */
function endOf(seed: string, config: Partial<ReplicationConfig>): End {
  const whole = { stop: "eventual", antiEntropyMs: 300, readQuorum: 2, writeQuorum: 2, ...config } as const;
  const weather = { ...FOUL_WEATHER, skewMsMax: 500 };
  const cluster = new Cluster<QuorumState, QuorumMessage>({
    protocol: quorum,
    replicas: 3,
    seed,
    config: whole,
    weather,
  });
  const clients = new Clients(cluster, { ...CLIENTS, seed, kinds: ["read", "write"] });
  const troubles = [...TROUBLES, partition, crash];
  trouble(cluster, seed, { troubles, forMs: 3_000 });
  cluster.run(3_000);
  clients.close();
  endTroubles(cluster);
  cluster.run(4_000);
  const held = ({ cells }: QuorumState, key: number): number[] => {
    const cell = cells.get(key);
    return (cell?.causal?.siblings ?? (cell === undefined ? [] : [cell]))
      .map(({ value }) => value!)
      .sort((a, b) => a - b);
  };
  const keys = Array.from({ length: KEYS }, (_, key) => key);
  const values = [0, 1, 2].map((replica) => keys.map((key) => held(cluster.state(replica), key)));
  return { history: clients.history(), values };
}

/** Acknowledged writes that are gone although no session that wrote the key later had ever seen them. */
function lostUnseen({ history, values }: End): Operation[] {
  const writes = history.filter(({ kind }) => kind === "write");
  const hadSeen = (writer: Operation, lost: Operation): boolean =>
    history.some(
      (it) =>
        it.session === writer.session &&
        it.id < writer.id &&
        it.key === lost.key &&
        it.outcome === "ok" &&
        (it.id === lost.id || it.result === lost.argument || (it.results ?? []).includes(lost.argument!)),
    );
  return writes
    .filter(({ outcome, key, argument }) => outcome === "ok" && !values[0]![key]!.includes(argument!))
    .filter((lost) => !writes.some((writer) => writer.key === lost.key && hadSeen(writer, lost)));
}

describe("siblings in random schedules", () => {
  test.each([
    { name: "three replicas", config: {} },
    { name: "with stand-ins", config: { standIns: 2 } },
    { name: "quorums of one, no hints", config: { readQuorum: 1, writeQuorum: 1, hintedHandoff: false } },
  ])("$name: no write goes missing that no later writer had seen, and all replicas end up equal", ({ config }) => {
    const answered: number[] = [];
    const found = failures(FILE, SCHEDULES, (seed) => {
      const end = endOf(seed, { ...config, conflict: "siblings" });
      expect(lostUnseen(end)).toEqual([]);
      expect(end.values[1]).toEqual(end.values[0]);
      expect(end.values[2]).toEqual(end.values[0]);
      answered.push(end.history.filter(({ outcome }) => outcome === "ok").length);
    });
    expect(found).toEqual([]);
    expect(answered.reduce((sum, count) => sum + count) / answered.length).toBeGreaterThan(15);
  });

  test("the same schedules leave siblings somewhere, and under last-write-wins lose writes that nobody had seen", () => {
    const ends = ["0", "1", "2", "3", "4"];
    const kept = ends.map((seed) => endOf(seed, { conflict: "siblings" }));
    expect(kept.some(({ values }) => values[0]!.some((held) => held.length > 1))).toBe(true);
    const won = ends.map((seed) => endOf(seed, { conflict: "lastWriteWins" }));
    expect(won.flatMap(lostUnseen).length).toBeGreaterThan(0);
    for (const { values } of won) expect(values[1]).toEqual(values[0]);
  });
});

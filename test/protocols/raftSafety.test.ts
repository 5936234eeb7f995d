import { describe, expect, test } from "vitest";
import { invariant } from "../../shared/core/invariant.ts";
import { checkers } from "../../shared/checkers/registry.ts";
import { judge } from "../../shared/checkers/judge.ts";
import { raft } from "../../shared/protocols/raft/raft.ts";
import { Clients, CLIENTS } from "./clients.ts";
import { Cluster } from "./cluster.ts";
import { watchRaft } from "./raftInvariants.ts";
import { failures } from "./replay.ts";
import type { RaftState } from "../../shared/protocols/raft/state.ts";
import { endTroubles, oneOf, trouble, TROUBLES, type Trouble } from "./troubles.ts";
import { FOUL_WEATHER } from "./weather.ts";

const FILE = "raftSafety.test.ts";
/** A third of what is asked must be answered right in the middle of all that, or the schedules would prove little. */
const totals = { ok: 0, asked: 0, terms: 0, disksLost: 0 };

/** A replica loses its disk while all others have theirs: a majority without disks has lost what it had promised. */
const oneDiskLost: Trouble = {
  name: "oneDiskLost",
  strike: (cluster, luck) => {
    const replicas = Array.from({ length: cluster.replicas }, (_, replica) => replica);
    const isWhole = replicas.every((replica) => {
      const { whereabouts, electableFrom, saved } = cluster.state(replica) as RaftState;
      return cluster.isUp(replica) && whereabouts === null && saved.lastIndex >= electableFrom;
    });
    if (!isWhole) return;
    const victim = oneOf(luck, replicas);
    cluster.crash(victim);
    cluster.later(luck() * 300, () => cluster.restart(victim, true));
    totals.disksLost += 1;
  },
};

/** Six seconds of trouble in which safety is watched, then peace, in which the cluster must come back to life. */
function soak(seed: string, replicas: number, troubles = TROUBLES): void {
  const cluster = new Cluster({ protocol: raft, replicas, seed, weather: FOUL_WEATHER });
  cluster.afterEvent = watchRaft(cluster).check;
  const clients = new Clients(cluster, {
    ...CLIENTS,
    seed,
    kinds: ["read", "write", "write", "cas"],
    attempts: 3,
  });
  trouble(cluster, seed, { troubles, forMs: 6_000 });
  cluster.run(6_000);

  endTroubles(cluster);
  const agreed = (): boolean => {
    const statuses = Array.from({ length: replicas }, (_, replica) => cluster.status(replica));
    const leader = statuses.findIndex(({ role }) => role === "leader");
    return statuses.every(
      ({ follows, term }, self) => term === statuses[leader]?.term && (self === leader || follows === leader),
    );
  };
  invariant(cluster.runUntil(agreed, 20_000), "liveness: nobody is elected after healing");
  const before = clients.count("ok");
  invariant(
    cluster.runUntil(() => clients.count("ok") > before + 10, 10_000),
    "liveness: no answers after healing",
  );
  clients.close();
  const verdict = judge(checkers.linearizable, clients.history());
  invariant(verdict.outcome === "valid", `linearizability: ${JSON.stringify(verdict)}`);
  totals.ok += clients.count("ok");
  totals.asked += clients.history().length;
  totals.terms = Math.max(totals.terms, cluster.status(0).term);
}

describe("Raft in random schedules", () => {
  test("three replicas keep the five safety properties, answer linearizably, and go on after healing", () => {
    expect(failures(FILE, 100, (seed) => soak(seed, 3))).toEqual([]);
  });

  test("five replicas keep them as well", () => {
    expect(failures(FILE, 60, (seed) => soak(`five/${seed}`, 5))).toEqual([]);
  });

  test("one replica alone is a cluster", () => {
    expect(failures(FILE, 5, (seed) => soak(`one/${seed}`, 1))).toEqual([]);
  });

  test("a replica that loses its disk takes part again without breaking what it had promised", () => {
    const troubles = [oneDiskLost, oneDiskLost, ...TROUBLES];
    expect(failures(FILE, 30, (seed) => soak(`disk/${seed}`, 3, troubles))).toEqual([]);
  });

  test("the schedules were eventful, and most questions were answered all the same", () => {
    if (process.env["SEED"] !== undefined) return;
    expect(totals.disksLost).toBeGreaterThan(30);
    expect(totals.terms).toBeGreaterThan(5);
    expect(totals.ok / totals.asked).toBeGreaterThan(1 / 3);
  });
});

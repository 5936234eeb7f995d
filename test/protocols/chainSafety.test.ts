import { describe, expect, test } from "vitest";
import { checkers } from "../../shared/checkers/registry.ts";
import { judge } from "../../shared/checkers/judge.ts";
import { invariant } from "../../shared/core/invariant.ts";
import { chain } from "../../shared/protocols/chain/chain.ts";
import { watchChain } from "../../shared/protocols/chain/invariants.ts";
import { Clients, CLIENTS } from "./clients.ts";
import { Cluster } from "./cluster.ts";
import { Master } from "./master.ts";
import { failures } from "./replay.ts";
import { endTroubles, oneOf, trouble, TROUBLES, type Trouble } from "./troubles.ts";
import { FOUL_WEATHER } from "./weather.ts";

const FILE = "chainSafety.test.ts";
const totals = { ok: 0, asked: 0, configurations: 0, disksLost: 0 };

/** A replica that is not the head loses its disk and comes back in its place, while all others have theirs. */
const diskLost: Trouble = {
  name: "diskLost",
  strike: (cluster, luck) => {
    const statuses = Array.from({ length: cluster.replicas }, (_, replica) => cluster.status(replica));
    const isWhole = statuses.every(({ role }, replica) => cluster.isUp(replica) && role !== "joining");
    const victim = oneOf(luck, [...statuses.keys()].filter((replica) => statuses[replica]!.role !== "head"));
    const downMs = luck() * 200;
    if (!isWhole) return;
    cluster.crash(victim);
    cluster.later(downMs, () => cluster.restart(victim, true));
    totals.disksLost += 1;
  },
};

/** Six seconds of trouble in which safety is watched, then peace, in which the whole chain must work again. */
function soak(seed: string, replicas: number, isMastered: boolean): void {
  const cluster = new Cluster({ protocol: chain, replicas, seed, weather: FOUL_WEATHER });
  cluster.afterEvent = watchChain(cluster).check;
  const master = new Master(cluster);
  const clients = new Clients(cluster, { ...CLIENTS, seed, kinds: ["read", "read", "write", "cas"], attempts: 3 });
  const mastered = [master.fencing, master.fencing, master.fencing];
  trouble(cluster, seed, { troubles: [...TROUBLES, ...(isMastered ? mastered : [diskLost])], forMs: 6_000 });
  cluster.run(6_000);

  endTroubles(cluster);
  cluster.run(1_000);
  master.letAllIn();
  const isWhole = (): boolean =>
    Array.from({ length: replicas }, (_, replica) => cluster.status(replica)).every(({ role }) => role !== "joining");
  invariant(cluster.runUntil(isWhole, 20_000), "liveness: somebody is still joining");
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
  totals.configurations = Math.max(totals.configurations, cluster.status(0).term);
}

describe("chains in random schedules", () => {
  test("three replicas keep their invariants, answer linearizably, and go on after healing", () => {
    expect(failures(FILE, 60, (seed) => soak(seed, 3, false))).toEqual([]);
  });

  test("so they do while operators take replicas out and let them in, with their disks or with empty ones", () => {
    expect(failures(FILE, 100, (seed) => soak(`mastered/${seed}`, 3, true))).toEqual([]);
  });

  test("and so do five", () => {
    expect(failures(FILE, 30, (seed) => soak(`five/${seed}`, 5, true))).toEqual([]);
  });

  test("the schedules were eventful, and enough was answered all the same", () => {
    if (process.env["SEED"] !== undefined) return;
    expect(totals.disksLost).toBeGreaterThan(20);
    expect(totals.configurations).toBeGreaterThan(5);
    expect(totals.ok / totals.asked).toBeGreaterThan(1 / 4);
  });
});

import { describe, expect, test } from "vitest";
import { checkers } from "../../shared/checkers/registry.ts";
import { judge } from "../../shared/checkers/judge.ts";
import { RandomStreams } from "../../shared/core/random.ts";
import type { Operation } from "../../shared/history/operation.ts";
import { primaryBackup } from "../../shared/protocols/primaryBackup/primaryBackup.ts";
import type { ReplicationConfig } from "../../shared/protocols/protocol.ts";
import { Clients, CLIENTS } from "./clients.ts";
import { Cluster } from "./cluster.ts";
import { replayLine, seedsOf } from "./replay.ts";
import { endTroubles, trouble, TROUBLES } from "./troubles.ts";
import { FOUL_WEATHER } from "./weather.ts";

const FILE = "leaseSchedules.test.ts";
const SCHEDULES = 80;
const LEASED: Partial<ReplicationConfig> = { mode: "sync", leaseMs: 1_000, leaseMarginMs: 30 };

/** What goes wrong beside the usual: one failover, after which the clocks of the others may jump. */
interface Failover {
  readonly config: Partial<ReplicationConfig>;
  /** Error that the clocks of all but the first primary take on soon after, ms. */
  readonly jumpMs: number;
}

/**
 * Four seconds of trouble. On the way operators take the first primary out without fencing it: another is promoted, with
 * the rest as members. The first one is not down, and nobody tells it.
 */
function historyOf(seed: string, { config, jumpMs }: Failover): Operation[] {
  const cluster = new Cluster({ protocol: primaryBackup, replicas: 3, seed, config, weather: FOUL_WEATHER });
  const clients = new Clients(cluster, { ...CLIENTS, seed, kinds: ["read", "read", "write", "cas"], attempts: 2 });
  const luck = new RandomStreams(seed).stream("failover", "all");
  const heir = luck() < 0.5 ? 1 : 2;
  const troubles = TROUBLES.filter(({ name }) => name !== "stepDown");
  trouble(cluster, seed, { troubles, forMs: 4_000 });
  cluster.later(800 + luck() * 1_500, () => {
    cluster.partition([0]);
    cluster.command(heir, { type: "promote", members: [1, 2] });
    cluster.later(10, () => [1, 2].forEach((replica) => jumpMs > 0 && cluster.setSkew(replica, jumpMs)));
  });
  cluster.run(4_000);
  endTroubles(cluster);
  cluster.run(2_000);
  return clients.history();
}

/** Seeds whose history one copy could not have given, each with the line that replays it; and how much was answered. */
function violations(failover: Failover): { readonly found: string[]; readonly answered: number } {
  const found: string[] = [];
  let answered = 0;
  for (const seed of seedsOf(SCHEDULES)) {
    const history = historyOf(seed, failover);
    answered += history.filter(({ outcome }) => outcome === "ok").length / SCHEDULES;
    const verdict = judge(checkers.linearizable, history);
    if (verdict.outcome !== "valid") found.push(`seed ${seed}: ${verdict.outcome} ${replayLine(FILE, seed)}`);
  }
  return { found, answered };
}

describe("a primary that was replaced and does not know it, mode sync", () => {
  test("with leases reads at once, and never from the past", () => {
    const { found, answered } = violations({ config: LEASED, jumpMs: 0 });
    expect(found).toEqual([]);
    if (process.env["SEED"] === undefined) expect(answered).toBeGreaterThan(20);
  });

  test("clocks that jump by less than the margin change nothing", () => {
    expect(violations({ config: LEASED, jumpMs: 25 }).found).toEqual([]);
  });

  test("clocks that jump beyond the margin let two primaries serve at once, and some answer is from the past", () => {
    if (process.env["SEED"] !== undefined) return;
    expect(violations({ config: LEASED, jumpMs: 2_000 }).found.length).toBeGreaterThan(0);
  });
});

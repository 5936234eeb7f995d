import { describe, expect, test } from "vitest";
import type { StoreConfig } from "../../shared/components/store/config.ts";
import { store } from "../../shared/components/store/store.ts";
import { playTo, watched, type WatchedSetup } from "./watchedLevel.ts";

const FAST = "detector: heartbeat, interval: 250ms, timeout: 1s";
const LEDGER = "dial: [linearizable], primary: oak, failover: peers, failoverAfter: 1s";
/** Zone A is cut off with all its clients; or the nodes alone are, and clients still get everywhere. */
const CUT_OFF = ["{ at: 8s, kind: partition, sides: [[A], [B, C]], sealed: true, for: 16s }"];
const BACKBONE_CUT = ["{ at: 8s, kind: partition, sides: [[A], [B, C]], for: 16s }"];

/** What a shift came to: operations by bucket, who led at 20 s and at the end, and what Oak took from 15 s on. */
function shift(setup: WatchedSetup) {
  const run = watched(setup);
  const position = (): number => run.ledger.placed[0]!.replica.status()!.position;
  playTo(run.match, 15);
  const before = position();
  playTo(run.match, 20);
  const takenAlone = position() - before;
  const primaries = run.primaries();
  playTo(run.match, 40);
  const { counts } = run.match.debrief();
  return { ...counts, takenAlone, primaries, failovers: run.supervisor.failovers, ends: run.primaries() };
}

describe("failover by a membership", () => {
  test("replaces a primary that crashed, so that users are served again without an operator", () => {
    const faults = ["{ at: 8s, kind: crash, node: oak, for: 20s }"];
    const alone = watched({ agents: FAST, ledger: "dial: [linearizable], primary: oak", faults });
    playTo(alone.match, 40);
    const withFailover = shift({ agents: FAST, ledger: LEDGER, faults });
    expect(withFailover.failovers).toBe(1);
    expect(withFailover.ends).toEqual([expect.stringMatching(/elm|moss/)]);
    expect(withFailover.served).toBeGreaterThan(1.3 * alone.match.debrief().counts.served);
  });

  test("splits the brain when the primary is only cut off: both sides take writes, and one side's are lost", () => {
    const split = shift({ agents: FAST, ledger: LEDGER, faults: CUT_OFF });
    expect(split.primaries.length, JSON.stringify(split)).toBe(2);
    expect(split.primaries).toContain("oak");
    expect(split.takenAlone).toBeGreaterThan(50);
    expect(split.wrong).toBeGreaterThan(5);
    expect(split.ends.length).toBe(1);
  });

  test("a balancer that hears the agents of the other side keeps its clients away from the old primary", () => {
    const listening = shift({ agents: FAST, ledger: LEDGER, faults: BACKBONE_CUT });
    const alone = shift({ agents: FAST, ledger: LEDGER, faults: BACKBONE_CUT, edge: "healthCheck: 1s" });
    expect([listening.takenAlone, alone.primaries.length]).toEqual([0, 2]);
    expect(alone.takenAlone).toBeGreaterThan(50);
    expect(listening.wrong, JSON.stringify({ listening, alone })).toBeLessThan(alone.wrong);
  });

  test("with fencing the old primary serves nobody from then on, and nobody gets a wrong answer", () => {
    // A primary whose writes need a backup goes on alone after 4 s: later than the fence comes.
    const careful = `${LEDGER}, mode: semiSync, semiSyncTimeout: 4s`;
    const split = shift({ agents: FAST, ledger: careful, faults: CUT_OFF });
    const fenced = shift({ agents: FAST, ledger: `${careful}, fence: true`, faults: CUT_OFF });
    expect([split.failovers, fenced.failovers]).toEqual([1, 1]);
    expect(split.takenAlone).toBeGreaterThan(30);
    expect(fenced.takenAlone).toBe(0);
    expect(split.wrong, JSON.stringify({ fenced, split })).toBeGreaterThan(5);
    expect(fenced.wrong).toBe(0);
  });

  test("cut one way only, the old primary still hears that it was replaced, and steps down by itself", () => {
    const faults = ["{ at: 8s, kind: partition, sides: [[A], [B, C]], oneWay: true, for: 16s }"];
    const oneWay = shift({ agents: FAST, ledger: LEDGER, faults });
    expect(oneWay.failovers).toBe(1);
    expect(oneWay.primaries).toEqual(["elm"]);
  });

  test("a supervisor on the side without a quorum of agents does nothing", () => {
    const ledger = "dial: [linearizable], primary: elm, failover: peers, failoverAfter: 1s, failoverFrom: A";
    const apart = shift({ agents: FAST, ledger, faults: CUT_OFF });
    expect(apart.failovers).toBe(0);
    expect(apart.primaries).toEqual(["elm"]);
  });

  test("waits for as long as it is told: a pause that ends before is survived without a failover", () => {
    const faults = ["{ at: 8s, kind: pause, node: oak, for: 4s }"];
    const patient = shift({ agents: FAST, ledger: LEDGER.replace("failoverAfter: 1s", "failoverAfter: 6s"), faults });
    const hasty = shift({ agents: FAST, ledger: LEDGER, faults });
    expect(patient.failovers).toBe(0);
    expect(hasty.failovers).toBe(1);
  });

  test("a hasty detector on lossy links hands the lead around, and writes are lost on the way", () => {
    const faults = ["A, B", "A, C", "B, C"].map((pair) => `{ at: 3s, kind: lossyLink, between: [${pair}], loss: 40% }`);
    const ledger = LEDGER.replace("failoverAfter: 1s", "failoverAfter: 0s");
    const hasty = shift({ agents: "detector: heartbeat, interval: 250ms, timeout: 400ms", ledger, faults });
    const calm = shift({ agents: "detector: heartbeat, interval: 250ms, timeout: 6s", ledger, faults });
    expect(hasty.failovers, JSON.stringify({ hasty, calm })).toBeGreaterThan(1);
    expect(calm.failovers).toBe(0);
    expect(hasty.wrong, JSON.stringify({ hasty, calm })).toBeGreaterThan(calm.wrong + 2);
  });

  test("the most advanced of the backups that answer takes over", () => {
    const run = watched({ agents: FAST, ledger: LEDGER });
    const { world } = run.match.cluster;
    playTo(run.match, 5);
    // Elm no longer gets what Oak writes, but everybody hears it.
    world.network.lane(0, 1).afflict(99, { loss: 0.9, trouble: "" });
    playTo(run.match, 10);
    world.crash(world.machines[0]!);
    playTo(run.match, 16);
    expect(run.primaries()).toEqual(["moss"]);
  });

  test("operators may change their minds about failover during the match", () => {
    const run = watched({ agents: FAST, ledger: LEDGER, faults: CUT_OFF });
    playTo(run.match, 2);
    const set = (name: string, value: number): void =>
      run.ledger.settings.find((setting) => setting.name === name)!.set(value);
    set("failoverAfter", 5_000);
    set("fence", 1);
    playTo(run.match, 13);
    expect([run.supervisor.failovers, run.match.cluster.world.machines[0]!.fenced]).toEqual([0, false]);
    playTo(run.match, 16);
    expect([run.supervisor.failovers, run.match.cluster.world.machines[0]!.fenced]).toEqual([1, true]);
  });

  test("only a store that can be ordered who is to lead may have one, by a membership that there is", () => {
    const agents = FAST;
    expect(() => watched({ agents, ledger: "dial: [linearizable], failover: watch" })).toThrow(
      'components.ledger.failover: there is no membership "watch", only peers',
    );
    expect(() => watched({ agents, edge: "health: ledger" })).toThrow(
      'components.edge.health: there is no membership "ledger"',
    );
    const byRaft = { kind: "store", on: ["oak"], protocol: "raft", dial: ["linearizable"], failover: "peers" };
    expect(store.problems!(store.config.parse(byRaft) as StoreConfig)).toEqual([
      "failover: raft takes no order who is to lead, only primaryBackup",
    ]);
  });
});

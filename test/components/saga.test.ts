import { describe, expect, test } from "vitest";
import type { BuiltPartner } from "../../shared/components/partner.ts";
import type { Match } from "../../shared/match/match.ts";
import type { Machine } from "../../shared/sim/machine.ts";
import { answered, bankOf, historyOf, played, set } from "./moneyLevel.ts";
import { deliveryLevel, ESCROW, shopLevel, shopOf } from "./sagaLevel.ts";

function wrong(match: Match): string[] {
  return match.record.wrong.map(({ anomaly }) => anomaly.name);
}

function orders(match: Match, outcome: string): number {
  return historyOf(match, "shop").filter((it) => it.kind === "order" && it.outcome === outcome).length;
}

/** What is left in escrow beyond what was there: money of orders half done. */
function inEscrow(match: Match): number {
  return bankOf(match).nodes[ESCROW % 2]!.balances[ESCROW]! - 100;
}

/** Orders, with these settings, of a node on a slow disk that dies every 4 s, and comes back when its bank is fenced. */
function comesBackToNobody(saga: string): Match {
  const level = shopLevel({ saga, delivery: false, rate: 5, lasts: "46s" });
  const fence = ({ cluster }: Match, fenced: boolean): void => {
    for (const node of ["oak", "elm"]) cluster.world.machines[cluster.node(node)]!.fenced = fenced;
  };
  const moss = ({ cluster }: Match): Machine => cluster.world.machines[cluster.node("moss")]!;
  const slowdown = { slowdown: 20, trouble: "slow disk" };
  const rounds = Array.from({ length: 10 }, (_, round) => 40 + round * 80);
  const at = rounds.flatMap((tick): [number, (match: Match) => void][] => [
    [tick, (match) => match.cluster.world.crash(moss(match))],
    [tick + 1, (match) => fence(match, true)],
    [tick + 2, (match) => match.cluster.world.restart(moss(match), false)],
    [tick + 22, (match) => fence(match, false)],
  ]);
  return played(level, "nobody", { 1: (match) => moss(match).afflict(7, slowdown), ...Object.fromEntries(at) });
}

/** Open orders of all nodes, and those being undone. */
function gauges(match: Match): number[] {
  const all = shopOf(match).nodes.map((node) => node.gauges());
  return [0, 1].map((place) => all.reduce((sum, gauges) => sum + gauges[place]!, 0));
}

describe.each(["orchestration", "choreography"])("a saga by %s", (mode) => {
  test("does all steps of an order or undoes those that it had done, and leaves nothing half done", () => {
    const match = played(shopLevel({ saga: `mode: ${mode}` }), "calm");
    expect(orders(match, "ok")).toBeGreaterThan(30);
    // Goods run out: what was paid for them went back.
    expect(orders(match, "fail")).toBeGreaterThan(10);
    expect(inEscrow(match)).toBe(0);
    expect(gauges(match)).toEqual([0, 0]);
  });

  test("goes on after a crash between any two steps where its disk says that it was", () => {
    const at = Object.fromEntries(
      Array.from({ length: 8 }, (_, place) => [
        40 + place * 20,
        ({ cluster }: Match) => {
          const machine = cluster.world.machines[place % 3]!;
          if (machine.state === "up") cluster.world.crash(machine);
          else cluster.world.restart(machine, false);
        },
      ]),
    );
    const match = played(shopLevel({ saga: `mode: ${mode}, semanticLocks: true` }), "crashes", {
      ...at,
      200: ({ cluster }) => cluster.world.machines.forEach((machine) => cluster.world.restart(machine, false)),
    });
    expect(orders(match, "unknown")).toBeGreaterThan(5);
    expect(inEscrow(match)).toBe(0);
    expect(gauges(match)).toEqual([0, 0]);
    expect(match.record.verdict("bank")).toEqual({ outcome: "valid" });
  });

  test("does not take what it is refused after a crash for the fate of a step that it had asked before", () => {
    const match = comesBackToNobody(`mode: ${mode}, attempts: 2`);
    expect(inEscrow(match)).toBe(0);
    expect(gauges(match)).toEqual([0, 0]);
    expect(match.record.verdict("bank")).toEqual({ outcome: "valid" });
  });

  test("lets two orders that lock each other out try again at different times, and so not for ever", () => {
    const level = shopLevel({ saga: `mode: ${mode}`, delivery: false, rate: 8, lasts: "20s" });
    const open = [0, 1, 2, 3, 4].map((seed) => gauges(played(level, `live/${seed}`))[0]);
    expect(open).toEqual([0, 0, 0, 0, 0]);
  });

  test("turns an order down, undone, when a service that it needs is gone", () => {
    const match = played(shopLevel({ saga: `mode: ${mode}, attempts: 2` }), "gone", {
      80: ({ cluster }) => (cluster.world.machines[cluster.node("moss")]!.fenced = true),
    });
    const refused = match
      .debrief()
      .ledger.filter(({ bucket, component }) => component === "shop" && bucket !== "served");
    expect(refused.length).toBeGreaterThan(0);
    expect(orders(match, "ok")).toBeGreaterThan(10);
  });
});

test("a delivery that fails after the money has moved sends it back", () => {
  const carrier = (match: Match): BuiltPartner => match.cluster.component("carrier") as unknown as BuiltPartner;
  const match = played(deliveryLevel(), "carrier", {
    80: (now) => carrier(now).outage(7, 1),
    160: (now) => carrier(now).relieve(7),
  });
  const { nodes } = bankOf(match);
  expect(nodes[0]!.balances[ESCROW]).toBe(100);
  expect(orders(match, "fail")).toBeGreaterThan(20);
  // Every order that is done was delivered; one that was sent back may have been, and is taken back there too.
  expect(carrier(match).effects()).toBeGreaterThanOrEqual(orders(match, "ok"));
  expect(match.record.verdict("shop")).toEqual({ outcome: "valid" });
});

describe("isolation", () => {
  test("without semantic locks a read finds an order half done that is undone afterwards", () => {
    const names = wrong(played(shopLevel(), "dirty"));
    expect(names.filter((name) => name === "halfDone").length).toBeGreaterThan(3);
  });

  test("with them nobody does, and some are turned away instead", () => {
    const match = played(shopLevel({ saga: "semanticLocks: true" }), "dirty");
    expect(match.record.verdict("shop")).toEqual({ outcome: "valid" });
    expect(answered(match, "read", -1, "shop")).toBeLessThan(0.99);
    expect(answered(match, "read", -1, "shop")).toBeGreaterThan(0.5);
  });
});

describe("beside two-phase commit", () => {
  const crash = {
    100: ({ cluster }: Match) => cluster.world.crash(cluster.world.machines[cluster.node("moss")]!),
    200: ({ cluster }: Match) => cluster.world.restart(cluster.world.machines[cluster.node("moss")]!, false),
  };

  test("the same order as one transaction is never seen half done", () => {
    const match = played(shopLevel({ saga: "mode: twoPhaseCommit", rate: 3 }), "dirty");
    expect(match.record.verdict("shop")).toEqual({ outcome: "valid" });
    expect(orders(match, "ok")).toBeGreaterThan(20);
    expect(inEscrow(match)).toBe(0);
  });

  test("a coordinator that comes back to nobody does not turn down what it had committed", () => {
    const match = comesBackToNobody("mode: twoPhaseCommit, attempts: 1");
    expect(match.record.verdict("shop")).toEqual({ outcome: "valid" });
    expect(gauges(match)).toEqual([0, 0]);
  });

  test("an order that began as one transaction stays one when the mode is changed while its coordinator is away", () => {
    const level = shopLevel({ saga: "mode: twoPhaseCommit", delivery: false, rate: 8 });
    const match = played(level, "changed", { ...crash, 150: (now) => set(now, "shop", "mode", 0) });
    expect(gauges(match)).toEqual([0, 0]);
    expect(inEscrow(match)).toBe(0);
  });

  test("a coordinator that dies leaves accounts locked in every bank, where a saga leaves them open", () => {
    const doubts = (mode: string): number => {
      let most = 0;
      for (let seed = 0; seed < 3; seed++) {
        const look = (now: Match): void => {
          most = Math.max(most, ...bankOf(now).nodes.map((node) => node.doubts.length));
        };
        const level = shopLevel({ saga: `mode: ${mode}`, delivery: false, rate: 12, lasts: "15s" });
        const match = played(level, `dead/${seed}`, { ...crash, 190: look });
        expect(bankOf(match).nodes.map((node) => node.doubts.length)).toEqual([0, 0]);
        expect(inEscrow(match)).toBe(0);
      }
      return most;
    };
    expect(doubts("twoPhaseCommit")).toBeGreaterThan(0);
  });
});

import { describe, expect, test } from "vitest";
import type { BuiltPartner } from "../../shared/components/partner.ts";
import type { Operation } from "../../shared/history/operation.ts";
import type { Level } from "../../shared/level/schema.ts";
import type { Match } from "../../shared/match/match.ts";
import type { Wish } from "../match/intents.ts";
import { play } from "../match/play.ts";
import { shop } from "./shop.ts";

const TICKS_PER_SECOND = 20;
const order = (seconds: number, intent: Wish["intent"]): Wish => ({
  afterTicks: seconds * TICKS_PER_SECOND,
  operator: 0,
  intent,
});

function played(level: Level, wishes: readonly Wish[] = []): Match {
  return play(level, { seed: "shop", wishes }).match;
}

/** Operations of a component that were asked within these seconds. */
function between(match: Match, component: string, fromSeconds: number, untilSeconds: number): Operation[] {
  return [...match.record.history].filter(
    (one) =>
      one.component === component && one.invokedAtUs >= fromSeconds * 1e6 && one.invokedAtUs < untilSeconds * 1e6,
  );
}

function failedShare(operations: readonly Operation[]): number {
  return operations.filter(({ outcome }) => outcome !== "ok").length / operations.length;
}

describe("a bad deploy", () => {
  const failing = shop({ faults: ["{ at: 5s, kind: badDeploy, component: api, errors: 30%, telegraph: 1s }"] });

  test("fails its share of the requests, and what it answers does not tell whether they took effect", () => {
    const match = played(failing);
    const during = between(match, "bank", 5, 30);
    const share = failedShare(during);
    expect(Math.abs(share - 0.3)).toBeLessThan(4 * Math.sqrt((0.3 * 0.7) / during.length));
    expect(during.every(({ outcome }) => outcome !== "fail")).toBe(true);
    expect(match.debrief().ledger[0]!.cause).toBe("Pike: internal error (bad deploy of api)");
    expect(failedShare(between(match, "bank", 0, 4))).toBe(0);
  });

  test("is over when it is rolled back, 8 s after the order; a restart brings the bad version back", () => {
    expect(
      failedShare(between(played(failing, [order(10, { verb: "rollback", component: "api" })]), "bank", 19, 30)),
    ).toBe(0);
    const restarted = played(failing, [order(10, { verb: "restart", node: "pike" })]);
    expect(failedShare(between(restarted, "bank", 19, 30))).toBeGreaterThan(0.15);
  });

  test("that is rolled back while it announces itself never comes", () => {
    const canary = shop({ faults: ["{ at: 14s, kind: badDeploy, component: api, errors: 50%, telegraph: 12s }"] });
    expect(
      failedShare(between(played(canary, [order(3, { verb: "rollback", component: "api" })]), "bank", 12, 30)),
    ).toBe(0);
  });

  test("that leaks makes its node slower every second; a restart begins anew, and a rollback ends it", () => {
    const leaking = shop({ faults: ["{ at: 4s, kind: badDeploy, component: api, leak: 0.5 }"] });
    const speeds = (wishes: readonly Wish[]): number[] => {
      const seen: number[] = [];
      play(leaking, {
        seed: "shop",
        wishes,
        each: ({ tick, cluster }) =>
          void (tick % TICKS_PER_SECOND === 0 && seen.push(cluster.world.machines[0]!.speed)),
      });
      return seen;
    };
    const left = speeds([]);
    expect([left[3], left[10]! > left[20]!, left[29]! < 0.08]).toEqual([1, true, true]);
    const restarted = speeds([order(10, { verb: "restart", node: "pike" })]);
    expect(restarted[18]!).toBeGreaterThan(2 * left[18]!);
    expect(restarted[28]!).toBeLessThan(0.2);
    expect(speeds([order(10, { verb: "rollback", component: "api" })]).slice(20)).toEqual(Array(10).fill(1));
  });
});

describe("a link that delivers twice", () => {
  const twice = "{ at: 2s, kind: duplicate, between: [A, B], share: 30% }";
  const bankOf = (level: Level): BuiltPartner => played(level).cluster.component("bank") as BuiltPartner;

  test("lets a partner that knows no keys take effect twice, and does nothing to one that does", () => {
    expect(bankOf(shop({ bank: "idempotent: false", faults: [twice] })).repeated()).toBeGreaterThan(60);
    expect(bankOf(shop({ bank: "idempotent: true", faults: [twice] })).repeated()).toBe(0);
    expect(bankOf(shop({ bank: "idempotent: false" })).repeated()).toBe(0);
  });
});

describe("a disk", () => {
  const leaderOf = (match: Match): number => {
    const [store] = match.cluster.stores();
    return store!.placed.find(({ replica }) => replica.status()?.role === "leader")!.node;
  };
  const home = leaderOf(play({ ...shop(), lasts: 8_000 }, { seed: "shop" }).match);
  const name = shop().nodes && Object.keys(shop().nodes)[home]!;

  test("that is full under a follower costs nothing: a majority has space", () => {
    const other = home === 3 ? "elm" : "moss";
    const match = played(shop({ faults: [`{ at: 8s, kind: diskFull, node: ${other}, for: 10s }`] }));
    expect(failedShare(between(match, "goods", 8, 18))).toBeLessThan(0.02);
  });

  test("that rots under the leader is found by its next write: it stops, comes back empty and learns all from the others", () => {
    const match = played(shop({ faults: [`{ at: 8s, kind: diskCorruption, node: ${name}, for: 5s }`] }));
    expect(failedShare(between(match, "goods", 7, 8))).toBe(0);
    expect(failedShare(between(match, "goods", 8, 10))).toBeGreaterThan(0.2);
    expect(failedShare(between(match, "goods", 20, 30))).toBe(0);
    expect(match.record.wrong).toEqual([]);
    const positions = match.cluster.stores()[0]!.placed.map(({ replica }) => replica.status()!.position);
    expect(Math.max(...positions) - Math.min(...positions)).toBeLessThan(5);
    expect(Math.min(...positions)).toBeGreaterThan(200);
  });
});

describe("the loss of a zone", () => {
  test("takes its machines and its links at once; what has a majority elsewhere goes on", () => {
    const level = shop({ faults: ["{ at: 8s, kind: zoneLoss, zone: C, for: 10s }"] });
    const status: string[] = [];
    const match = play(level, {
      seed: "shop",
      each: (one) => {
        if (one.clockMs === 12_000) status.push(...one.cluster.world.machines.map(({ state }) => state));
      },
    }).match;
    expect(status).toEqual(["up", "up", "up", "crashed", "off"]);
    expect(failedShare(between(match, "goods", 12, 18))).toBe(0);
    expect(match.cluster.world.machines.map(({ state }) => state)).toEqual(["up", "up", "up", "up", "off"]);
  });
});

describe("a partition that comes and goes", () => {
  test("is cut and open in turn, and open in the end", () => {
    const level = shop({
      faults: ["{ at: 5s, kind: partition, sides: [[A], [C]], flaps: { cut: 2s, open: 1s }, for: 10s }"],
    });
    const cuts: boolean[] = [];
    play(level, {
      each: ({ clockMs, cluster }) => {
        const { network } = cluster.world;
        if (clockMs % 1_000 === 500) cuts.push(network.lane(0, 2).cut);
        // It is partial: B reaches both all the time.
        expect([network.lane(0, 1).cut, network.lane(1, 2).cut]).toEqual([false, false]);
      },
    });
    const during = [true, true, false, true, true, false, true, true, false, true];
    expect(cuts.slice(0, 20)).toEqual([...Array(5).fill(false), ...during, ...Array(5).fill(false)]);
  });
});

describe("users", () => {
  test("who want one key ask for it in that share, and come neither more nor less often", () => {
    const hot = played(shop({ faults: ["{ at: 5s, kind: hotKey, to: goods, key: 7, share: 80%, for: 20s }"] }));
    const asked = between(hot, "goods", 5, 25);
    const share = asked.filter(({ key }) => key === 7).length / asked.length;
    // One in forty of the others asks for it anyway.
    expect(Math.abs(share - (0.8 + 0.2 / 40))).toBeLessThan(4 * Math.sqrt((0.8 * 0.2) / asked.length));
    expect(between(played(shop()), "goods", 0, 30).map(({ invokedAtUs }) => invokedAtUs)).toEqual(
      between(hot, "goods", 0, 30).map(({ invokedAtUs }) => invokedAtUs),
    );
  });

  test("of a flash crowd lose interest by halves, and ask for little else meanwhile", () => {
    const match = played(shop({ faults: ["{ at: 5s, kind: flashCrowd, to: goods, times: 9, halves: 4s, for: 20s }"] }));
    const rate = (from: number, until: number): number => between(match, "goods", from, until).length / (until - from);
    // Eight crowds of 40 a second halve every four seconds: on average over a second or four, the area under the curve.
    expect(Math.abs(rate(5, 6) / 360 - 1)).toBeLessThan(0.25);
    expect(Math.abs(rate(9, 10) / 195 - 1)).toBeLessThan(0.3);
    expect(Math.abs(rate(13, 14) / 115 - 1)).toBeLessThan(0.35);
    const few = between(match, "goods", 5, 15).filter(({ key }) => key < 3).length;
    expect(few / between(match, "goods", 5, 15).length).toBeGreaterThan(0.75);
    expect(Math.abs(rate(25, 30) / 40 - 1)).toBeLessThan(0.3);
  });
});

import { describe, expect, test } from "vitest";
import type { BillLine } from "../../shared/match/bill.ts";
import type { Match } from "../../shared/match/match.ts";
import { shop } from "../faults/shop.ts";
import { ALL_WEATHERS, readLevel } from "./level.ts";
import { play } from "./play.ts";

const line = (match: Match, item: string): BillLine | undefined => match.bill.find((one) => one.item === item);
const total = (match: Match): number => match.bill.reduce((sum, { dollars }) => sum + dollars, 0);

describe("the bill", () => {
  test.each([ALL_WEATHERS, readLevel("test/levels/05-troubles.yaml"), shop()])(
    "of $id adds up to what was spent",
    (level) => {
      const { match } = play(level);
      expect(total(match)).toBeCloseTo(match.spent, 9);
      const { bill, spend } = { ...match.debrief(), spend: match.view(0).spend };
      expect(bill).toEqual(match.bill);
      expect(spend.lines.reduce((sum, { dollars }) => sum + dollars, 0)).toBeCloseTo(spend.spent, 1);
    },
  );

  test("has a line for a machine that was left on, which is paid for and does nothing, until it is switched off", () => {
    const level = shop({ faults: ["{ at: 5s, kind: forgottenMachine, node: kelp }"] });
    const forgotten = line(play(level).match, "kelp")!;
    expect(forgotten.dollars).toBeCloseTo((0.6 * 25) / 60, 2);
    expect(forgotten.busy).toBe(0);
    expect(line(play(level).match, "oak")!.busy).toBeGreaterThan(0.01);
    const off = { afterTicks: 200, operator: 0, intent: { verb: "power", node: "kelp", on: false } } as const;
    expect(line(play(level, { wishes: [off] }).match, "kelp")!.dollars).toBeCloseTo((0.6 * 5) / 60, 2);
    expect(line(play(shop()).match, "kelp")).toBeUndefined();
  });

  test("has no line for what has no price", () => {
    const categories = new Set(play(shop()).match.bill.map(({ category }) => category));
    expect([...categories]).toEqual(["machines", "stores"]);
  });

  test("charges what is kept by the gigabyte and minute, in every copy", () => {
    const { match } = play(shop({ prices: "{ storage: 60000 }" }));
    // Forty keys of 100 bytes in three copies; the first seconds, before all keys are written, cost less.
    const full = (3 * 40 * 100 * 60_000 * 0.5) / 1e9;
    expect(match.cluster.stores()[0]!.storedBytes()).toBe(12_000);
    expect(line(match, "goods")).toBeDefined();
    const storage = match.bill.find(({ category }) => category === "storage")!;
    expect(storage.dollars).toBeLessThan(full);
    expect(storage.dollars).toBeGreaterThan(0.7 * full);
  });

  test("charges traffic between zones by the gigabyte that nodes sent, and none within a zone", () => {
    const { match } = play(shop({ prices: "{ crossZone: 1000 }" }));
    const gigabytes = match.cluster.world.network.crossZoneBytes() / 1e9;
    expect(gigabytes).toBeGreaterThan(0);
    // The last answers come after the shift, when nothing is charged any more.
    expect(line(match, "traffic")!.dollars / (1_000 * gigabytes)).toBeGreaterThan(0.9);
    expect(line(match, "traffic")!.dollars).toBeLessThanOrEqual(1_000 * gigabytes);
  });

  test("charges every signal of every component by the minute", () => {
    const less = { verb: "instrument", component: "api", signal: "traces", on: false } as const;
    const level = shop({ prices: "{ instrumentation: 0.4 }" });
    const { match } = play(level, { wishes: [{ afterTicks: 290, operator: 0, intent: less }] });
    const instruments = match.bill.filter(({ category }) => category === "instrumentation");
    const thousandths = new Map(instruments.map(({ item, dollars }) => [item, Math.round(dollars * 1_000)]));
    // Three signals of everything for 30 s, and of one only two from 15 s on.
    expect([thousandths.get("goods"), thousandths.get("api")]).toEqual([600, 500]);
  });
});

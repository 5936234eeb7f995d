import { describe, expect, test } from "vitest";
import { noDrift } from "../../shared/checkers/noDrift.ts";
import { elementsSeen, wrongs } from "./elementsSeen.ts";
import { order, total } from "./newsroom.ts";
import { customers, shop } from "./shop.ts";
import type { Yard } from "./yard.ts";

function machine(yard: Yard, name: string) {
  return yard.world.machines.find((one) => one.name === name)!;
}

const SHORT = { putsUntilMs: 5_000, searchesFromMs: 0, searchesUntilMs: 8_000 };

describe("a projection fed by its source", () => {
  test("finds what was accepted, a poll later", () => {
    const yard = shop({ seed: "poll", fed: "changeFeed", index: { poll: "300ms" } });
    const { puts, searches } = customers(yard, SHORT);
    yard.runUntil(10_000);
    const history = elementsSeen(yard, new Map([[puts, "publish"], [searches, "search"]]));
    expect(wrongs(noDrift, history, 400)).toEqual({});
    expect(wrongs(noDrift, history, 50).missingElement).toBeGreaterThan(20);
  });

  test("catches up with what it missed while it was down", () => {
    const yard = shop({ seed: "down", fed: "changeFeed" });
    const { puts, searches } = customers(yard, { ...SHORT, searchesFromMs: 7_000 });
    yard.runUntil(1_000);
    yard.world.crash(machine(yard, "elm"));
    yard.runUntil(6_000);
    yard.world.restart(machine(yard, "elm"), true);
    yard.runUntil(10_000);
    expect(wrongs(noDrift, elementsSeen(yard, new Map([[puts, "publish"], [searches, "search"]])), 500)).toEqual({});
  });
});

describe("dual writes", () => {
  test("are fresh at once while both succeed", () => {
    const yard = shop({ seed: "fine", fed: "dualWrite" });
    const { puts, searches } = customers(yard, SHORT);
    yard.runUntil(10_000);
    expect(wrongs(noDrift, elementsSeen(yard, new Map([[puts, "publish"], [searches, "search"]])))).toEqual({});
  });

  test("drift for good when the second one fails, and nobody is told", () => {
    const yard = shop({ seed: "half", fed: "dualWrite" });
    const { puts, searches } = customers(yard, { ...SHORT, searchesFromMs: 6_000 });
    yard.runUntil(2_000);
    yard.world.crash(machine(yard, "elm"));
    yard.runUntil(3_000);
    yard.world.restart(machine(yard, "elm"), false);
    yard.runUntil(10_000);
    expect(yard.gauge("front", "second writes failed")).toBeGreaterThan(5);
    expect(wrongs(noDrift, elementsSeen(yard, new Map([[puts, "publish"], [searches, "search"]])), 2_000).missingElement).toBeGreaterThan(10);
    expect(yard.served(puts)).toBe(1);
  });

  test("are mended by going over to the change feed, which reads everything from the start", () => {
    const yard = shop({ seed: "half", fed: "dualWrite" });
    const { puts, searches } = customers(yard, { ...SHORT, searchesFromMs: 6_000 });
    yard.runUntil(2_000);
    yard.world.crash(machine(yard, "elm"));
    yard.runUntil(3_000);
    yard.world.restart(machine(yard, "elm"), false);
    yard.set("search", "fed", 1);
    yard.runUntil(10_000);
    expect(wrongs(noDrift, elementsSeen(yard, new Map([[puts, "publish"], [searches, "search"]])), 500)).toEqual({});
  });
});

describe("a rebuild", () => {
  test("goes on where it was when a crash interrupted it, and its answers stay those of the old view until it is done", () => {
    const yard = shop({ seed: "rebuild", fed: "changeFeed", index: { time: "20ms", batch: 5, poll: "100ms" } });
    const { puts, searches } = customers(yard, { ...SHORT, searchesFromMs: 8_000, searchesUntilMs: 20_000 });
    yard.runUntil(8_000);
    order(yard, "search", "rebuild");
    yard.runUntil(9_000);
    const before = yard.gauge("search", "rebuilt");
    yard.world.crash(machine(yard, "elm"));
    yard.runUntil(9_500);
    yard.world.restart(machine(yard, "elm"), false);
    yard.runUntil(9_600);
    expect(before).toBeGreaterThan(0.1);
    expect(before).toBeLessThan(1);
    yard.runUntil(21_000);
    expect(yard.gauge("search", "rebuilt")).toBe(1);
    expect(wrongs(noDrift, elementsSeen(yard, new Map([[puts, "publish"], [searches, "search"]])), 1_000)).toEqual({});
  });

  test("costs the source and the projection CPU time by what there is to read", () => {
    const yard = shop({ seed: "cost", fed: "changeFeed", index: { time: "5ms" } });
    customers(yard, { ...SHORT, searchesFromMs: 9_000, searchesUntilMs: 9_000 });
    yard.runUntil(9_000);
    const busyMs = (): number => ["elm", "reed"].reduce((sum, name) => sum + machine(yard, name).busyUs() / 1_000, 0);
    const before = busyMs();
    order(yard, "search", "rebuild");
    yard.runUntil(20_000);
    const changes = total(yard, "goods", "changes");
    expect((busyMs() - before) / (5 * changes)).toBeCloseTo(1, 1);
  });

  test("brings a new projection into being in the middle of it all, without touching the old one", () => {
    const more = { counts: { kind: "projection", on: ["reed"], of: "goods", shows: "count", standby: true } } as const;
    const yard = shop({ seed: "new", fed: "changeFeed", more });
    customers(yard, SHORT);
    yard.runUntil(4_000);
    expect(total(yard, "counts", "changes")).toBe(0);
    order(yard, "counts", "rebuild");
    yard.runUntil(10_000);
    expect(total(yard, "counts", "changes")).toBe(total(yard, "goods", "changes"));
    expect(total(yard, "search", "changes")).toBe(total(yard, "goods", "changes"));
  });
});

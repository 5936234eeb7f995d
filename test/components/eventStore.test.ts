import { describe, expect, test } from "vitest";
import { deliveredOnce } from "../../shared/checkers/deliveredOnce.ts";
import { elementsSeen, wrongs } from "./elementsSeen.ts";
import { order, total } from "./newsroom.ts";
import { storm } from "./storm.ts";
import { Yard } from "./yard.ts";

/** A bank whose entries are events, with balances derived from them. */
function bank(lines: Readonly<Record<string, unknown>> = {}, { seed = "bank", attempts = 5 } = {}): Yard {
  return new Yard({
    seed,
    zones: 2,
    linkMs: 1,
    machines: { desk: {}, oak: { zone: "B" }, elm: { zone: "B" } },
    components: {
      entries: { kind: "eventStore", on: ["oak"], keys: 4, ...lines },
      accounts: { kind: "projection", on: ["elm"], of: "entries" },
      bank: { kind: "cqrs", on: ["desk"], commands: "entries", queries: "entries", attempts, timeout: "200ms" },
    },
  });
}

function entries(yard: Yard, perSecond: number, untilMs: number, keys = 4): number {
  return yard.ask({ via: "bank", to: "bank", kind: "publish", perSecond, untilMs, keys, giveUpMs: 5_000 });
}

/** CPU time of the event store's machine between two times, ms. */
function busyMs(yard: Yard, fromMs: number, untilMs: number): number {
  const machine = yard.world.machines.find(({ name }) => name === "oak")!;
  yard.runUntil(fromMs);
  const before = machine.busyUs();
  yard.runUntil(untilMs);
  return (machine.busyUs() - before) / 1_000;
}

describe("an event store", () => {
  test.each(["a", "b", "c", "d"])("keeps every event that was accepted, once and through a storm, seed %s", (seed) => {
    const yard = bank({}, { seed });
    const publishes = entries(yard, 40, 6_000);
    const reads = yard.ask({ via: "bank", to: "bank", kind: "read", perSecond: 20, fromMs: 12_000, untilMs: 15_000, keys: 4, giveUpMs: 2_000 });
    storm(yard, { seed, machines: ["oak", "elm"], untilMs: 6_000 });
    yard.runUntil(16_000);
    const history = elementsSeen(yard, new Map([[publishes, "publish"], [reads, "read"]]));
    expect(wrongs(deliveredOnce, history), seed).toEqual({});
    expect(total(yard, "accounts", "changes")).toBe(total(yard, "entries", "events"));
  });

  test("without snapshots every command costs more than the one before, with them it does not", () => {
    const growth = (snapshotEvery: number): number => {
      const yard = bank({ snapshotEvery, eventTime: "100us", time: "100us" });
      entries(yard, 40, 40_000);
      const early = busyMs(yard, 2_000, 12_000);
      return busyMs(yard, 30_000, 40_000) / early;
    };
    expect(growth(0)).toBeGreaterThan(2.5);
    expect(growth(20)).toBeLessThan(1.3);
  });

  test("a new schema makes snapshots useless for a while, and old events dearer", () => {
    const yard = bank({ snapshotEvery: 20, eventTime: "100us", upcastTime: "200us", time: "100us" });
    entries(yard, 40, 40_000);
    const before = busyMs(yard, 19_000, 20_000);
    yard.set("entries", "schema", 2);
    const changed = busyMs(yard, 20_000, 20_300) / 0.3;
    expect(changed).toBeGreaterThan(3 * before);
    expect(busyMs(yard, 30_000, 31_000)).toBeLessThan(2 * before);
  });

  test("a command that was decided on an older version is decided anew, and refused after too many times", () => {
    const conflicts = (keys: number): { conflicts: number; refused: number } => {
      const yard = bank({ keys, snapshotEvery: 0, eventTime: "500us", attempts: 2 }, { attempts: 1 });
      const publishes = entries(yard, 60, 10_000, keys);
      yard.runUntil(12_000);
      const refused = yard.seen(publishes).filter(({ reply }) => reply?.reason === "conflict").length;
      return { conflicts: yard.gauge("entries", "conflicts"), refused };
    };
    const [hot, spread] = [conflicts(1), conflicts(100)];
    expect(hot.conflicts).toBeGreaterThan(10 * spread.conflicts + 100);
    expect(hot.refused).toBeGreaterThan(spread.refused);
  });

  test("a projection of it is rebuilt in the time that its events take", () => {
    const yard = bank();
    entries(yard, 40, 10_000);
    yard.runUntil(12_000);
    order(yard, "accounts", "rebuild");
    yard.runUntil(14_000);
    expect(yard.gauge("accounts", "rebuilt")).toBe(1);
    expect(total(yard, "accounts", "changes")).toBe(total(yard, "entries", "events"));
  });
});

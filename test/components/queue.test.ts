import { describe, expect, test } from "vitest";
import { deliveredOnce } from "../../shared/checkers/deliveredOnce.ts";
import { elementsSeen, wrongs } from "./elementsSeen.ts";
import { editors, newsroom, order, readers, total } from "./newsroom.ts";
import type { Yard } from "./yard.ts";

function machine(yard: Yard, name: string) {
  return yard.world.machines.find((one) => one.name === name)!;
}

/** Partitions by instance of the workers. */
function dealt(yard: Yard): number[] {
  return yard.get("printers").instances.map((_, instance) => yard.gauge("printers", "partitions", instance));
}

function accepted(yard: Yard, source: number): number {
  return yard.seen(source).filter(({ reply }) => reply?.outcome === "ok").length;
}

describe("a queue and its workers", () => {
  test("everything accepted is done once, and nothing is left waiting", () => {
    const yard = newsroom();
    const publishes = editors(yard, 50, 5_000);
    const reads = readers(yard, 50, 0, 12_000);
    yard.runUntil(13_000);
    expect(yard.served(publishes)).toBe(1);
    expect(total(yard, "printers", "processed")).toBe(accepted(yard, publishes));
    expect(total(yard, "editions", "depth")).toBe(0);
    expect(total(yard, "editions", "in flight")).toBe(0);
    expect(wrongs(deliveredOnce, elementsSeen(yard, new Map([[publishes, "publish"], [reads, "read"]])))).toEqual({});
  });

  test("partitions are dealt evenly to those who are there", () => {
    const yard = newsroom({ workers: ["reed", "kelp", "birch"], queue: { partitions: 6 } });
    yard.runUntil(3_000);
    expect(dealt(yard)).toEqual([2, 2, 2]);
  });

  test("a worker that falls silent loses its partitions to the others, and gets some back when it returns", () => {
    const yard = newsroom();
    yard.runUntil(3_000);
    expect(dealt(yard)).toEqual([2, 2]);
    yard.world.crash(machine(yard, "reed"));
    yard.runUntil(6_000);
    expect(dealt(yard)).toEqual([0, 4]);
    yard.world.restart(machine(yard, "reed"), false);
    yard.runUntil(9_000);
    expect(dealt(yard)).toEqual([2, 2]);
  });

  test("a worker that was paused for too long can't commit for those who took over", () => {
    const yard = newsroom({ worker: { time: "50ms" } });
    const publishes = editors(yard, 20, 8_000);
    const reads = readers(yard, 20, 0, 20_000);
    yard.runUntil(3_000);
    yard.world.pause(machine(yard, "reed"));
    yard.runUntil(6_000);
    yard.world.resume(machine(yard, "reed"));
    yard.runUntil(21_000);
    expect(dealt(yard)).toEqual([2, 2]);
    expect(wrongs(deliveredOnce, elementsSeen(yard, new Map([[publishes, "publish"], [reads, "read"]])))).toEqual({});
  });

  test("a worker whose hands are full when it is called to let go waits in silence but for its heartbeats", () => {
    const yard = newsroom({ queue: { sessionTimeout: "10s" }, worker: { time: "2s", heartbeat: "500ms" } });
    editors(yard, 20, 4_000);
    yard.runUntil(1_000);
    yard.world.crash(machine(yard, "reed"));
    yard.runUntil(1_100);
    const before = yard.world.kernel.events;
    yard.world.restart(machine(yard, "reed"), false);
    yard.runUntil(9_000);
    expect(yard.world.kernel.events - before).toBeLessThan(3_000);
  });

  test("more workers than partitions leave some without work: partitions bound what is done side by side", () => {
    const slow = { time: "40ms", concurrency: 1 };
    const processed = (partitions: number): number => {
      const yard = newsroom({ workers: ["reed", "kelp", "birch"], queue: { partitions }, worker: slow });
      editors(yard, 100, 10_000);
      yard.runUntil(10_000);
      return total(yard, "printers", "processed");
    };
    const [one, two, three] = [processed(1), processed(2), processed(3)];
    expect(two / one).toBeGreaterThan(1.8);
    expect(three / one).toBeGreaterThan(2.5);
    expect(processed(1)).toBe(one);
  });

  test("refuses once a partition is full, rather than take in what nobody does", () => {
    const yard = newsroom({ queue: { bound: 20 }, worker: { time: "100ms" } });
    const publishes = editors(yard, 100, 10_000);
    yard.runUntil(16_000);
    const refused = yard.seen(publishes).filter(({ reply }) => reply?.reason === "queueFull").length;
    expect(refused).toBeGreaterThan(100);
    expect(total(yard, "printers", "processed") + total(yard, "editions", "depth")).toBe(accepted(yard, publishes));
  });

  test("tells how far behind its workers are: messages, and the age of the oldest", () => {
    const yard = newsroom({ worker: { time: "100ms" } });
    editors(yard, 100, 10_000);
    yard.runUntil(5_000);
    const early = yard.gauge("editions", "lag");
    yard.runUntil(10_000);
    expect(yard.gauge("editions", "lag")).toBeGreaterThan(early + 1_000);
    expect(total(yard, "editions", "depth")).toBeGreaterThan(300);
  });

  test("keeps what it has acknowledged through crashes of all its brokers", () => {
    const yard = newsroom({ workers: ["reed"] });
    yard.world.crash(machine(yard, "reed"));
    const publishes = editors(yard, 50, 4_000);
    yard.runUntil(2_000);
    for (const name of ["oak", "elm"]) yard.world.crash(machine(yard, name));
    yard.runUntil(3_000);
    for (const name of ["oak", "elm", "reed"]) yard.world.restart(machine(yard, name), false);
    const reads = readers(yard, 50, 12_000, 15_000);
    yard.runUntil(16_000);
    expect(yard.served(publishes)).toBeLessThan(0.9);
    expect(wrongs(deliveredOnce, elementsSeen(yard, new Map([[publishes, "publish"], [reads, "read"]])))).toEqual({});
  });

  test("loses what was not yet done with the disk of a broker, and goes on", () => {
    const yard = newsroom({ worker: { time: "100ms" } });
    const publishes = editors(yard, 60, 6_000);
    yard.runUntil(3_000);
    yard.world.crash(machine(yard, "oak"));
    yard.runUntil(3_500);
    yard.world.restart(machine(yard, "oak"), true);
    const reads = readers(yard, 40, 20_000, 24_000);
    yard.runUntil(25_000);
    const { lostElement = 0, ...others } = wrongs(deliveredOnce, elementsSeen(yard, new Map([[publishes, "publish"], [reads, "read"]])));
    expect(lostElement).toBeGreaterThan(5);
    expect(others).toEqual({});
    expect(total(yard, "editions", "depth")).toBe(0);
  });

  test("each group of workers gets every message, at its own pace", () => {
    const second = {
      stocks: { kind: "table", on: ["pike"], rows: "counts" },
      counters: { kind: "worker", on: ["birch"], from: "editions", calls: "stocks", does: "increment", time: "1ms" },
    } as const;
    const yard = newsroom({ more: second, worker: { time: "80ms" } });
    const publishes = editors(yard, 60, 5_000);
    yard.runUntil(6_000);
    const all = accepted(yard, publishes);
    expect(total(yard, "counters", "processed")).toBe(all);
    expect(total(yard, "printers", "processed")).toBeLessThan(all);
    yard.runUntil(20_000);
    expect(total(yard, "printers", "processed")).toBe(all);
  });

  test("being told of new messages is faster than polling for them", () => {
    const waitMs = (notify: boolean): number => {
      const yard = newsroom({ worker: { notify, poll: "1s" }, desk: { waits: true, poll: "10ms" } });
      const publishes = editors(yard, 5, 20_000);
      yard.runUntil(25_000);
      const took = yard.seen(publishes, 5_000).map(({ tookMs }) => tookMs);
      return took.reduce((sum, ms) => sum + ms, 0) / took.length;
    };
    const [told, polling] = [waitMs(true), waitMs(false)];
    expect(told).toBeLessThan(60);
    // Every 1 s it looks, and every 200 ms it renews a question that may have got lost.
    expect(polling).toBeGreaterThan(told + 50);
  });
});

describe("messages that fail", () => {
  test("are put aside after so many deliveries, and the others get through", () => {
    const yard = newsroom({ queue: { maxDeliveries: 3 }, worker: { poison: 0.2 } });
    // Once the partitions are dealt: what is taken over from another instance was delivered without having failed.
    const publishes = editors(yard, 20, 8_000, { fromMs: 3_000 });
    yard.runUntil(30_000);
    const dead = total(yard, "editions", "dead letters");
    expect(dead).toBeGreaterThan(8);
    expect(total(yard, "printers", "failed deliveries")).toBe(3 * dead);
    expect(accepted(yard, publishes)).toBe(total(yard, "printers", "processed"));
    expect(total(yard, "editions", "depth")).toBe(0);
  });

  test("come back from the dead letters once the release is rolled back, and not before", () => {
    const yard = newsroom({ queue: { maxDeliveries: 2 }, worker: { poison: 0.2 } });
    const publishes = editors(yard, 20, 5_000);
    yard.runUntil(20_000);
    const dead = total(yard, "editions", "dead letters");
    order(yard, "editions", "replay");
    yard.runUntil(40_000);
    expect(total(yard, "editions", "dead letters")).toBe(dead);
    order(yard, "printers", "rollback");
    order(yard, "editions", "replay");
    const reads = readers(yard, 100, 50_000, 52_000);
    yard.runUntil(53_000);
    expect(total(yard, "editions", "dead letters")).toBe(0);
    expect(wrongs(deliveredOnce, elementsSeen(yard, new Map([[publishes, "publish"], [reads, "read"]])))).toEqual({});
  });

  test("hold up what is behind them in their partition, and nothing else", () => {
    const yard = newsroom({ queue: { maxDeliveries: 100, partitions: 4 }, worker: { poison: 0.01, backoff: "500ms" } });
    editors(yard, 40, 10_000);
    yard.runUntil(10_000);
    const processed = total(yard, "printers", "processed");
    expect(total(yard, "editions", "depth")).toBeGreaterThan(20);
    expect(processed).toBeGreaterThan(40);
  });
});

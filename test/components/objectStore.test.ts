import { describe, expect, test } from "vitest";
import { deliveredOnce } from "../../shared/checkers/deliveredOnce.ts";
import { elementsSeen, wrongs } from "./elementsSeen.ts";
import { total } from "./newsroom.ts";
import { storm } from "./storm.ts";
import { Yard } from "./yard.ts";

/** Films are uploaded to a vault; coders hear of each and write it into the catalogue. */
function cinema({ seed = "cinema", vault = {}, desk = {}, coder = {} }: { seed?: string; vault?: object; desk?: object; coder?: object } = {}): Yard {
  return new Yard({
    seed,
    zones: 2,
    linkMs: 1,
    machines: { desk: {}, oak: { zone: "B" }, elm: { zone: "B" }, reed: { zone: "B" }, moss: { zone: "B" } },
    components: {
      catalogue: { kind: "table", on: ["moss"] },
      arrivals: { kind: "queue", on: ["moss"], sessionTimeout: "1s", maxDeliveries: 100 },
      coders: { kind: "worker", on: ["reed"], from: "arrivals", calls: "catalogue", heartbeat: "200ms", ...coder },
      vault: { kind: "objectStore", on: ["oak", "elm"], tells: "arrivals", bandwidth: 100, part: 10, ...vault },
      films: { kind: "cqrs", on: ["desk"], accepts: "upload", commands: "vault", queries: "catalogue", timeout: "20s", attempts: 1, waitFor: "60s", ...desk },
    },
  });
}

function uploads(yard: Yard, perSecond: number, untilMs: number, megabytes: number, fromMs = 0): number {
  return yard.ask({ via: "films", to: "films", kind: "upload", perSecond, fromMs, untilMs, keys: 4, giveUpMs: 60_000, amount: megabytes });
}

/** Mean time from question to answer, ms. */
function meanMs(yard: Yard, source: number): number {
  const took = yard.seen(source).flatMap(({ tookMs, reply }) => (reply?.outcome === "ok" ? [tookMs] : []));
  return took.reduce((sum, ms) => sum + ms, 0) / took.length;
}

describe("an object store", () => {
  test("takes as long for an object as its megabytes take on the lines of its nodes", () => {
    const yard = cinema();
    const source = uploads(yard, 0.05, 200_000, 200);
    yard.runUntil(210_000);
    // Two lines of 100 MB/s share 200 MB.
    expect(meanMs(yard, source)).toBeGreaterThan(1_000);
    expect(meanMs(yard, source)).toBeLessThan(1_300);
  });

  test("serves nobody faster than its lines carry, however many ask at once", () => {
    const yard = cinema({ vault: { uploads: 5 } });
    const source = uploads(yard, 3, 50_000, 100);
    yard.runUntil(50_000);
    const done = yard.seen(source).filter(({ reply }) => reply?.outcome === "ok").length;
    // 300 MB/s are asked for and 200 MB/s can be had: two objects a second.
    expect(done).toBeGreaterThan(80);
    expect(done).toBeLessThanOrEqual(100);
  });

  test("refuses uploads beyond its bound instead of letting all of them crawl", () => {
    const yard = cinema({ vault: { uploads: 3 } });
    const source = uploads(yard, 6, 20_000, 100);
    yard.runUntil(40_000);
    const refused = yard.seen(source).filter(({ reply }) => reply?.reason === "queueFull").length;
    expect(refused).toBeGreaterThan(50);
    expect(meanMs(yard, source)).toBeLessThan(5_000);
  });

  test("sends only the part again that got lost, and not the object", () => {
    const yard = cinema({ vault: { timeout: "3s" } });
    for (const lane of yard.world.network.link(1, 1)) lane.afflict(1, { loss: 0.05, trouble: "loss" });
    const source = uploads(yard, 0.2, 60_000, 200);
    yard.runUntil(100_000);
    expect(total(yard, "vault", "parts sent again")).toBeGreaterThan(5);
    expect(yard.served(source)).toBe(1);
    expect(meanMs(yard, source)).toBeLessThan(8_000);
  });

  test.each(["a", "b", "c", "d"])("tells the queue of every object that it accepted, through a storm, seed %s", (seed) => {
    const yard = cinema({ seed, vault: { timeout: "1s" } });
    const source = uploads(yard, 5, 6_000, 20);
    const reads = yard.ask({ via: "films", to: "films", kind: "read", perSecond: 10, fromMs: 20_000, untilMs: 24_000, keys: 4, giveUpMs: 2_000 });
    storm(yard, { seed, machines: ["oak", "elm", "reed", "moss"], untilMs: 6_000 });
    yard.runUntil(70_000);
    const history = elementsSeen(yard, new Map([[source, "upload"], [reads, "read"]]));
    expect(history.filter(({ kind, outcome }) => kind === "upload" && outcome === "ok").length).toBeGreaterThan(3);
    expect(wrongs(deliveredOnce, history), seed).toEqual({});
  });
});

describe("a big request", () => {
  test("that is answered once all is done holds a worker all the while, and refuses when it has none left", () => {
    const served = (waits: boolean): number => {
      const yard = cinema({ desk: { waits, workers: 8, queue: 0 }, coder: { time: "1s", concurrency: 4 } });
      const source = uploads(yard, 3, 30_000, 10);
      yard.runUntil(100_000);
      return yard.served(source);
    };
    expect(served(false)).toBe(1);
    const synchronous = served(true);
    expect(synchronous).toBeGreaterThan(0.1);
    expect(synchronous).toBeLessThan(0.9);
  });
});

import * as fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import type { z } from "zod";
import type { BuiltPartner } from "../../shared/components/partner.ts";
import type { Fault, FaultStage } from "../../shared/faults/fault.ts";
import { faults, type FaultKind } from "../../shared/faults/registry.ts";
import { Cluster } from "../../shared/match/cluster.ts";
import { stageOf } from "../../shared/match/faultSchedule.ts";
import { readLevel } from "../match/level.ts";

/** Lines that a level may write for each kind, `kind` left out: every parameter comes up. */
const LINES: Readonly<Record<FaultKind, readonly object[]>> = {
  crash: [{ node: "oak" }, { node: "moss", diskLost: true }, { node: "kelp" }],
  restart: [{ node: "oak" }, { node: "elm", takes: "200ms", every: "400ms" }],
  pause: [{ node: "oak" }, { node: "kelp" }],
  slowMachine: [{ node: "oak", times: 8 }],
  diskFull: [{ node: "oak" }],
  diskCorruption: [{ node: "oak" }, { node: "kelp" }],
  clockSkew: [
    { node: "oak", by: "-400ms" },
    { node: "kelp", by: "2s" },
  ],
  clockDrift: [{ node: "oak", ppm: 50_000 }],
  clockJump: [
    { node: "oak", by: "1s" },
    { node: "elm", by: "-300ms", every: "300ms" },
  ],
  zoneLoss: [{ zone: "B" }],
  partition: [
    { sides: [["A"], ["B", "C"]] },
    { sides: [["A"], ["B"], ["C"]], sealed: true },
    { sides: [["A", "B"], ["C"]], oneWay: true },
    { sides: [["A"], ["C"]] },
    { sides: [["A"], ["B", "C"]], flaps: { cut: "300ms", open: "200ms" } },
  ],
  lossyLink: [{ between: ["A", "B"], loss: "30%" }],
  latencySpike: [
    { between: ["A", "B"], times: 6 },
    { between: ["C", "C"], times: 2 },
  ],
  duplicate: [{ between: ["A", "B"], share: "40%" }],
  reorder: [{ between: ["A", "C"], share: "20%", by: "300ms" }],
  bandwidthLimit: [{ between: ["A", "B"], limit: "20kB/s" }],
  trafficSpike: [{ times: 3 }, { zone: "B", times: 4 }],
  flashCrowd: [
    { to: "ledger", times: 8 },
    { to: "feed", zone: "B", times: 6, halves: "2s", keys: 2, share: "90%" },
  ],
  hotKey: [
    { to: "ledger", share: "80%" },
    { to: "feed", zone: "A", key: 7, share: "60%" },
  ],
  badDeploy: [
    { component: "api", errors: "30%" },
    { component: "api", leak: 0.5 },
  ],
  partnerOutage: [{ component: "bank" }, { component: "bank", refuses: "40%" }, { component: "bank", times: 20 }],
  forgottenMachine: [{ node: "kelp" }],
};

/** A level with every kind of fault. */
const TROUBLES = readLevel("test/levels/05-troubles.yaml");

/** Faults after which a node starts again. */
const RESTARTING: readonly string[] = ["crash", "restart", "zoneLoss", "forgottenMachine"];

/** A fault with parameters of its own. */
interface Stroke {
  readonly fault: Fault<z.ZodObject>;
  readonly params: Record<string, unknown>;
}

const strokes: Stroke[] = Object.entries<Fault<z.ZodObject>>(faults).flatMap(([kind, fault]) =>
  LINES[kind as FaultKind].map((line) => ({ fault, params: fault.config.parse({ kind, ...line }) })),
);

let cluster: Cluster;
/** What clients have asked so far. */
let asked = 0;

beforeEach(() => {
  asked = 0;
  cluster = newCluster();
});

function newCluster(): Cluster {
  return new Cluster(TROUBLES, "faults", { invoked: () => asked++, ended: () => undefined });
}

function stage(id: number): FaultStage {
  return stageOf(cluster, id);
}

/** How the world stands: everything that a fault can touch, but what is under way in it. */
function standing(): unknown {
  const { machines, network, releases } = cluster.world;
  return {
    machines: machines.map((machine) => {
      const { state, speed, trouble, fenced, workers, queueCap, clockRate, heldDown, disk } = machine;
      const { syncUs, used, rotten, gone } = disk;
      // To 10 ms: the clocks of the level drift a little by themselves.
      const offMs = Math.round(machine.clockErrorUs() / 10_000);
      return {
        state,
        speed,
        trouble,
        fenced,
        workers,
        queueCap,
        clockRate,
        offMs,
        heldDown,
        syncUs,
        used,
        rotten,
        gone,
      };
    }),
    lanes: [...network.lanes()].map(
      ({ cut, loss, slowdown, duplicate, reorder, reorderMs, bytesPerSecond, trouble }) => {
        return { cut, loss, slowdown, duplicate, reorder, reorderMs, bytesPerSecond, trouble };
      },
    ),
    demand: Array.from({ length: cluster.traffic.sources }, (_, source) => cluster.traffic.demand(source)),
    partner: (cluster.component("bank") as BuiltPartner).trouble(),
    releases: cluster.components.map(({ index }) => releases.errorShare(index)),
  };
}

function pass(ms: number): void {
  const { kernel } = cluster.world;
  kernel.runUntil(kernel.nowUs + ms * 1_000);
}

/** Lets time pass in which a fault strikes its beats, as in a match. */
function passWithBeats(ms: number, { fault, params }: Stroke, id: number): void {
  const untilUs = cluster.world.kernel.nowUs + ms * 1_000;
  for (let beat = 0; ; beat++) {
    const afterMs = fault.beat?.afterMs(params, beat) ?? 0;
    if (afterMs === 0 || cluster.world.kernel.nowUs + afterMs * 1_000 > untilUs) break;
    pass(afterMs);
    fault.beat!.strike(stage(id), params, beat);
  }
  cluster.world.kernel.runUntil(untilUs);
}

test("the level of troubles, scheduled or let loose, has every kind of fault", () => {
  const played = [...TROUBLES.faults, ...TROUBLES.chaos!.kinds].map(({ kind }) => kind);
  expect(Object.keys(faults).filter((kind) => !played.includes(kind as FaultKind))).toEqual([]);
});

describe.each(strokes)("$fault.kind $params", ({ fault, params }) => {
  test("is called by its own kind, and says what it is", () => {
    expect(faults[fault.kind as FaultKind]).toBe(fault);
    expect(fault.about).toMatch(/^[A-Z].*\.$/);
    expect(fault.describe(params)).toMatch(/\S/);
    expect(fault.describe(params)).not.toMatch(/undefined|\[object/);
  });

  test("changes something when it begins, and leaves the world as it was when it ends", () => {
    pass(1_000);
    const before = standing();
    const offBefore = isOffAlready(params);
    fault.begin(stage(3), params);
    const atOnce = standing();
    passWithBeats(1_000, { fault, params }, 3);
    if (!offBefore) expect([atOnce, standing()]).not.toEqual([before, before]);
    fault.end(stage(3), params);
    pass(1_000);
    expect(standing()).toEqual(before);
  });

  test("announces itself by something that can be seen, or by nothing, and never by a cut or a death", () => {
    pass(1_000);
    const before = standing();
    fault.telegraph?.(stage(3), params);
    const { machines, network, releases } = cluster.world;
    expect(machines.filter(({ state }) => state === "crashed" || state === "paused")).toEqual([]);
    expect(machines.filter(({ disk }) => disk.used >= 1 || disk.rotten || disk.gone)).toEqual([]);
    expect(cluster.components.filter(({ index }) => releases.errorShare(index) > 0.05)).toEqual([]);
    expect((cluster.component("bank") as BuiltPartner).trouble().share).toBeLessThan(0.2);
    expect([...network.lanes()].filter(({ cut, loss }) => cut || loss > 0.1)).toEqual([]);
    pass(1_000);
    if (fault.telegraph !== undefined) expect(standing()).not.toEqual(before);
    fault.begin(stage(3), params);
    pass(1_000);
    fault.end(stage(3), params);
    expect(standing()).toEqual(before);
  });

  test("can begin while another of its kind is on, and the end of the one is not the end of the other", () => {
    pass(1_000);
    const before = standing();
    fault.begin(stage(1), params);
    const once = standing();
    fault.begin(stage(2), params);
    fault.end(stage(2), params);
    expect(standing()).toEqual(once);
    fault.end(stage(1), params);
    expect(standing()).toEqual(before);
  });
});

function isOffAlready({ node }: Record<string, unknown>): boolean {
  return typeof node === "string" && cluster.world.machines[cluster.node(node)]!.state === "off";
}

describe("all faults together", () => {
  test("the end of one undoes nothing of another, whatever the two are", () => {
    const whole = standing();
    for (const one of strokes) {
      one.fault.begin(stage(1), one.params);
      const alone = standing();
      // A start is when rot is found, whoever brings it about.
      const others = strokes.filter(
        ({ fault }) => one.fault.kind !== "diskCorruption" || !RESTARTING.includes(fault.kind),
      );
      for (const other of others) {
        other.fault.begin(stage(2), other.params);
        other.fault.end(stage(2), other.params);
        expect(standing(), `${other.fault.describe(other.params)} during ${one.fault.describe(one.params)}`).toEqual(
          alone,
        );
      }
      one.fault.end(stage(1), one.params);
      expect(standing()).toEqual(whole);
    }
  });

  test("in whatever order they begin and end, in the end the world is as it was", () => {
    const moves = fc.shuffledSubarray(
      strokes.flatMap((_, id) => [id, id]),
      { minLength: strokes.length * 2 },
    );
    fc.assert(
      fc.property(moves, (order) => {
        cluster = newCluster();
        const before = standing();
        const begun = new Set<number>();
        for (const id of order) {
          const { fault, params } = strokes[id]!;
          if (begun.has(id)) fault.end(stage(id), params);
          else fault.begin(stage(id), params);
          begun.add(id);
          pass(20);
        }
        expect(standing()).toEqual(before);
      }),
      { seed: 1, numRuns: 30 },
    );
  });

  test("two crowds come on top of each other, and the second does not send the first home", () => {
    const seconds = (count: number): number => {
      const before = asked;
      pass(count * 1_000);
      return (asked - before) / count;
    };
    const usual = seconds(10);
    cluster.traffic.spike(1, -1, 3);
    cluster.traffic.spike(2, -1, 2);
    expect(Math.abs(seconds(3) / usual - 6)).toBeLessThan(1.2);
    cluster.traffic.spike(2, -1, 1);
    expect(Math.abs(seconds(3) / usual - 3)).toBeLessThan(0.6);
    cluster.traffic.spike(1, -1, 1);
    expect(Math.abs(seconds(3) / usual - 1)).toBeLessThan(0.3);
  });
});

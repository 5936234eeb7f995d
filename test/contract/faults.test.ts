import * as fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import type { z } from "zod";
import type { Fault, FaultStage } from "../../shared/faults/fault.ts";
import { faults, type FaultKind } from "../../shared/faults/registry.ts";
import { Cluster } from "../../shared/match/cluster.ts";
import { ALL_WEATHERS } from "../match/level.ts";

/** Lines that a level may write for each kind, `kind` left out: every parameter comes up. */
const LINES: Readonly<Record<FaultKind, readonly object[]>> = {
  crash: [{ node: "oak" }, { node: "moss", diskLost: true }, { node: "kelp" }],
  pause: [{ node: "oak" }, { node: "kelp" }],
  slowMachine: [{ node: "oak", times: 8 }],
  partition: [
    { sides: [["A"], ["B", "C"]] },
    { sides: [["A"], ["B"], ["C"]], sealed: true },
    { sides: [["A", "B"], ["C"]], oneWay: true },
  ],
  lossyLink: [{ between: ["A", "B"], loss: "30%" }],
  latencySpike: [
    { between: ["A", "B"], times: 6 },
    { between: ["C", "C"], times: 2 },
  ],
  trafficSpike: [{ times: 3 }, { zone: "B", times: 4 }],
};

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
  return new Cluster(ALL_WEATHERS, "faults", { invoked: () => asked++, ended: () => undefined });
}

function stage(id: number): FaultStage {
  return {
    world: cluster.world,
    id,
    zone: (name) => cluster.zone(name),
    node: (name) => cluster.node(name),
    component: (name) => cluster.component(name)!,
    spike: (zone, factor) => cluster.traffic.spike(id, zone, factor),
  };
}

/** How the world stands: everything that a fault can touch, but what is under way in it. */
function standing(): unknown {
  const { machines, network } = cluster.world;
  return {
    machines: machines.map(({ state, speed, trouble, fenced, workers, queueCap, syncUs, skewUs }) => {
      return { state, speed, trouble, fenced, workers, queueCap, syncUs, skewUs };
    }),
    lanes: [...network.lanes()].map(({ cut, loss, slowdown, trouble }) => ({ cut, loss, slowdown, trouble })),
  };
}

function pass(ms: number): void {
  const { kernel } = cluster.world;
  kernel.runUntil(kernel.nowUs + ms * 1_000);
}

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
    const [askedBefore, offBefore] = [asked, isOffAlready(params)];
    fault.begin(stage(3), params);
    const during = JSON.stringify(standing());
    pass(1_000);
    const crowd = fault.kind === "trafficSpike" && asked > 1.5 * askedBefore;
    expect(during !== JSON.stringify(before) || crowd || offBefore).toBe(true);
    fault.end(stage(3), params);
    pass(1_000);
    expect(standing()).toEqual(before);
  });

  test("announces itself by something that can be seen, or by nothing, and never by a cut or a death", () => {
    pass(1_000);
    const before = standing();
    const askedBefore = asked;
    fault.telegraph?.(stage(3), params);
    const { machines, network } = cluster.world;
    expect(machines.filter(({ state }) => state === "crashed" || state === "paused")).toEqual([]);
    expect([...network.lanes()].filter(({ cut, loss }) => cut || loss > 0.1)).toEqual([]);
    const during = JSON.stringify(standing());
    pass(1_000);
    if (fault.telegraph !== undefined) {
      expect(during !== JSON.stringify(before) || asked > 1.2 * askedBefore).toBe(true);
    }
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
    // A machine has one life: who brings it back brings it back. All else is counted fault by fault.
    if (fault.kind !== "crash" && fault.kind !== "pause") expect(standing()).toEqual(once);
    fault.end(stage(1), params);
    expect(standing()).toEqual(before);
  });
});

function isOffAlready({ node }: Record<string, unknown>): boolean {
  return typeof node === "string" && cluster.world.machines[cluster.node(node)]!.state === "off";
}

describe("all faults together", () => {
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

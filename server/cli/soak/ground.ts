import type { Lots } from "./lots.ts";
import type { Line } from "./sketch.ts";

/** Where everything stands: zones, the links between them, machines for replicas and machines for services. */
export interface Ground {
  readonly zones: readonly string[];
  readonly links: Readonly<Record<string, Line>>;
  readonly nodes: Readonly<Record<string, Line>>;
  /** Machines that keep data. */
  readonly replicas: readonly string[];
  /** Machines that keep none. */
  readonly halls: readonly string[];
}

const ZONES = ["A", "B", "C"];
const REPLICAS = ["oak", "elm", "moss", "pike", "reed", "kelp", "fern"];
const HALLS = ["hall", "loft", "barn"];

/** Machines in one to three zones, at distances from a rack to an ocean; clocks that are right, a little wrong, or wild. */
export function drawGround(lots: Lots, replicas: number): Ground {
  const zones = ZONES.slice(0, lots.whole(1, 3));
  const pairs = zones.flatMap((a, place) => zones.slice(place + 1).map((b) => `${a}-${b}`));
  const links = Object.fromEntries(pairs.map((pair) => [pair, drawLink(lots)]));
  const clocks = lots.oneOf(["right", "right", "near", "wild"] as const);
  const names = REPLICAS.slice(0, replicas);
  const nodes: Record<string, Line> = {};
  const queue = lots.oneOf([10, 50, 200]);
  names.forEach((name, place) => {
    nodes[name] = { ...drawMachine(lots, zones[place % zones.length]!), queue, ...drawClock(lots, clocks) };
  });
  HALLS.forEach((name, place) => {
    nodes[name] = { ...drawMachine(lots, zones[place % zones.length]!), queue, ...(place === 2 ? { standby: true } : {}) };
  });
  return { zones, links, nodes, replicas: names, halls: HALLS };
}

function drawLink(lots: Lots): Line {
  const p50 = lots.oneOf([0.5, 2, 10, 20]);
  return {
    p50: `${p50}ms`,
    p99: `${p50 * lots.oneOf([1.5, 3])}ms`,
    ...(lots.chance(0.2) ? { bandwidth: lots.oneOf(["200kB/s", "2MB/s"]) } : {}),
  };
}

function drawMachine(lots: Lots, zone: string): Line {
  return { zone, workers: lots.whole(1, 4), sync: `${lots.oneOf([0.2, 1, 8])}ms` };
}

function drawClock(lots: Lots, clocks: "right" | "near" | "wild"): Line {
  if (clocks === "right") return {};
  const [skewMs, driftPpm] = clocks === "near" ? [3, 40] : [400, 20_000];
  return { clock: { skew: `${lots.whole(-skewMs, skewMs)}ms`, drift: lots.whole(-driftPpm, driftPpm) } };
}

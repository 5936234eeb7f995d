import type { View } from "../../shared/match/view.ts";
import { type Box, type Point, type Track, trackOf } from "../pieces/curve.ts";
import { boxOf, type Land, landOf } from "../pieces/island.ts";
import type { LetterSizes } from "../pieces/stage.ts";
import { seaRoute } from "./routes.ts";
import { slotsFor } from "./slots.ts";
import { standingOn, towerScale } from "./standing.ts";

/** Where everything of a level stands on a chart of a given size, in CSS pixels. Computed from the view alone. */
export interface ChartLayout {
  readonly width: number;
  readonly height: number;
  /** CSS pixels per chart unit, for marks at sea. */
  readonly unit: number;
  /** CSS pixels per chart unit for lighthouses; smaller where many stand on one island. */
  readonly towerScale: number;
  readonly letters: LetterSizes;
  /** True on a phone: villages and names stay, second lines are told only when something is wrong. */
  readonly compact: boolean;
  readonly zones: readonly ZoneSite[];
  readonly nodes: readonly Point[];
  /** One route per link, from its `a` to its `b`. */
  readonly links: readonly Track[];
}

/** Where one zone is. */
export interface ZoneSite {
  readonly island: Land;
  readonly village: Land;
  /** Middle of the line that names the zone. */
  readonly label: Point;
  readonly labelBox: Box;
  /** The short crossing from the village to the island. */
  readonly ferry: Track;
}

/** What of a view decides the layout; while this stays the same, nothing moves. */
export function layoutKey(view: View): string {
  const zones = view.zones.map((zone) => zone.name);
  return JSON.stringify([
    zones,
    view.nodes.map((node) => [node.name, node.zone]),
    view.links.map((link) => [link.a, link.b]),
  ]);
}

/** Lays a level out. A chart narrower than 560 pixels is a phone's. */
export function layChart(view: View, width: number, height: number): ChartLayout {
  const compact = width < 560;
  const unit = compact
    ? Math.max(0.6, width / 620)
    : Math.min(2.2, Math.max(0.72, Math.min(width / 1_040, height / 628)));
  const letters = lettersAt(unit, compact);
  const slots = slotsFor(view.zones.length, width, height, compact);
  const standing = view.zones.map((_, zone) => view.nodes.flatMap((node, at) => (node.zone === zone ? [at] : [])));
  const lands = view.zones.map((zone, at) => {
    const [x, y, radiusX, radiusY] = slots[at]?.island ?? [0.5, 0.5, 0.2, 0.2];
    const [villageX, villageY] = slots[at]?.village ?? [0.1, 0.8];
    const few = (standing[at]?.length ?? 0) <= 1 ? 0.86 : 1;
    return {
      island: landOf(zone.name, { x: x * width, y: y * height }, radiusX * width * few, radiusY * height * few),
      village: landOf(`${zone.name} village`, { x: villageX * width, y: villageY * height }, 54 * unit, 27 * unit),
    };
  });
  const scale = towerScale(
    lands.map(({ island }, at) => ({ land: island, nodes: standing[at]?.length ?? 0 })),
    unit * (view.nodes.length <= 2 ? 1.6 : 1.06),
  );
  const nodes: Point[] = [];
  for (const [zone, { island }] of lands.entries()) {
    const feet = standingOn(island, standing[zone]?.length ?? 0, scale);
    for (const [order, node] of (standing[zone] ?? []).entries()) nodes[node] = feet[order] ?? island.centre;
  }
  const labels = view.zones.map((zone, at) =>
    labelOf(zone.name, slots[at]?.label ?? [0.5, 0.05], { width, height, letters }),
  );
  const { links, ferries } = layRoutes(
    view,
    lands,
    labels.map((label) => label.box),
    unit,
  );
  return {
    width,
    height,
    unit,
    towerScale: scale,
    letters,
    compact,
    nodes,
    links,
    zones: lands.map((land, at) => {
      const label = labels[at] ?? { at: land.island.centre, box: boxOf(land.island) };
      return {
        ...land,
        label: label.at,
        labelBox: label.box,
        ferry: ferries[at] ?? trackOf([land.village.centre, land.island.centre]),
      };
    }),
  };
}

/** At least 14 pixels on a desktop and 13 on a phone; at least 20 on a wall, to be read from the last row. */
function lettersAt(unit: number, compact: boolean): LetterSizes {
  if (compact) return { zone: 18, name: 14, state: 13 };
  const grown = Math.max(1, unit);
  return {
    zone: Math.round(22 * grown),
    name: Math.round(15 * grown),
    state: Math.round(14 * (grown > 1.3 ? grown * 1.06 : grown)),
  };
}

function labelOf(
  name: string,
  share: readonly [number, number],
  chart: { width: number; height: number; letters: LetterSizes },
): { at: Point; box: Box } {
  const { zone, state } = chart.letters;
  const half = Math.max(Math.max(6, name.length) * zone * 0.27, state * 2.6) + 4;
  const x = Math.min(chart.width - half - 6, Math.max(half + 6, share[0] * chart.width));
  const y = Math.min(chart.height - zone * 0.6 - state * 1.5, Math.max(zone * 0.75, share[1] * chart.height));
  return {
    at: { x, y },
    box: { left: x - half, right: x + half, top: y - zone * 0.7, bottom: y + zone * 0.6 + state * 1.3 },
  };
}

function layRoutes(
  view: View,
  lands: readonly { island: Land; village: Land }[],
  labels: readonly Box[],
  unit: number,
): { links: Track[]; ferries: Track[] } {
  const routes: Track[] = [];
  const ferries = lands.map(({ island, village }) => {
    const others = lands
      .flatMap((land) => [land.island, land.village])
      .filter((land) => land !== island && land !== village);
    const ferry = seaRoute(village, island, { lands: others, boxes: labels, routes }, 8 * unit);
    routes.push(ferry);
    return ferry;
  });
  const links = view.links.map((link) => {
    const from = lands[link.a]?.island;
    const to = lands[link.b]?.island;
    if (from === undefined || to === undefined)
      return trackOf([
        { x: 0, y: 0 },
        { x: 0, y: 0 },
      ]);
    const others = lands.flatMap((land) => [land.island, land.village]).filter((land) => land !== from && land !== to);
    const route = seaRoute(from, to, { lands: others, boxes: labels, routes }, 18 * unit);
    routes.push(route);
    return route;
  });
  return { links, ferries };
}

import { type Box, distance, inBox, overlaps, type Point, within } from "../pieces/curve.ts";
import type { Cut } from "../pieces/cut.ts";
import { boxOf } from "../pieces/island.ts";
import { legendRoom } from "../pieces/legend.ts";
import type { ChartLayout } from "./chartLayout.ts";

/** Radius that the compass rose takes, in chart units. */
const ROSE_REACH = 62;

/** Boxes of everything that stays on the chart: islands, villages and zone names. */
export function standingBoxes(layout: ChartLayout): Box[] {
  return layout.zones.flatMap((zone) => [boxOf(zone.island), boxOf(zone.village), zone.labelBox]);
}

/** A free corner for the legend, or null where there is none (always so on a phone). */
export function legendSpot(layout: ChartLayout): Box | null {
  if (layout.compact) return null;
  const { width, height } = legendRoom(layout.unit);
  const edge = 8 * layout.unit;
  const corners = [
    [1, 1],
    [0, 1],
    [1, 0],
    [0, 0],
  ] as const;
  const boxes = corners.map(([right, bottom]): Box => {
    const left = right === 1 ? layout.width - edge - width : edge;
    const top = bottom === 1 ? layout.height - edge - height : edge;
    return { left, top, right: left + width, bottom: top + height };
  });
  const standing = standingBoxes(layout);
  return boxes.find((box) => box.left > 0 && standing.every((other) => !overlaps(box, other))) ?? null;
}

/** Open water for the compass rose, or null where there is none. */
export function roseSpot(layout: ChartLayout, legend: Box | null): Point | null {
  if (layout.compact) return null;
  const reach = ROSE_REACH * layout.unit;
  const standing = legend === null ? standingBoxes(layout) : [...standingBoxes(layout), legend];
  const shares = [
    [0.925, 0.13],
    [0.075, 0.13],
    [0.925, 0.86],
    [0.075, 0.86],
    [0.5, 0.13],
    [0.5, 0.86],
    [0.55, 0.5],
  ] as const;
  const spots = shares.map(([x, y]) => ({ x: x * layout.width, y: y * layout.height }));
  return spots.find((spot) => standing.every((box) => !inBox(spot, box, reach))) ?? null;
}

/** Where the partition's plate stands: on the cut, in open water, away from routes and names. */
export function plateSpot(layout: ChartLayout, cut: Cut): Point {
  const { unit, width, height } = layout;
  const halfWidth = layout.compact ? 58 : 70 * unit + 8;
  const halfHeight = layout.compact ? 18 : 34 * unit;
  const centre = layout.compact ? { x: width * 0.56, y: 0 } : { x: width / 2, y: height / 2 };
  let best: Point = centre;
  let bestCost = Infinity;
  for (const point of cut.points()) {
    if (point.leadPx > 16 * unit) continue;
    if (point.x < halfWidth || point.x > width - halfWidth || point.y < halfHeight || point.y > height - halfHeight)
      continue;
    const box = {
      left: point.x - halfWidth,
      right: point.x + halfWidth,
      top: point.y - halfHeight,
      bottom: point.y + halfHeight,
    };
    const names = layout.zones.filter((zone) => overlaps(zone.labelBox, box)).length;
    const land = Math.max(0, halfHeight * 2.2 - point.coastPx);
    const onRoutes = layout.links.flatMap((link) => link.points).filter((other) => inBox(other, box, 6)).length;
    const cost = names * 400 + land * 4 + onRoutes * 22 + distance(point, centre) * 0.25;
    if (cost < bestCost) {
      bestCost = cost;
      best = point;
    }
  }
  return best;
}

/** Where a node's buoy is moored: off the nearest coast that is clear of routes, names and other buoys. */
export function mooring(layout: ChartLayout, node: number, zone: number, taken: readonly Point[]): Point {
  const foot = layout.nodes[node] ?? { x: 0, y: 0 };
  const site = layout.zones[zone];
  if (site === undefined) return foot;
  const { unit } = layout;
  const off = 22 * Math.max(0.85, unit);
  const routes = [...layout.links, ...layout.zones.map((other) => other.ferry)].flatMap((track) => track.points);
  const standing = layout.zones.flatMap((other) => [
    other.labelBox,
    boxOf(other.village),
    ...(other === site ? [] : [boxOf(other.island)]),
  ]);
  // Name and state are narrow; failures, on the line below, are wide.
  const captions = layout.nodes.flatMap((other): Box[] => {
    const bottom = other.y + layout.letters.name * 3 + 22 * unit;
    return [
      { left: other.x - 48 * unit, right: other.x + 48 * unit, top: other.y, bottom },
      { left: other.x - 100 * unit, right: other.x + 100 * unit, top: other.y + layout.letters.name * 2, bottom },
    ];
  });
  const costAt = (at: Point): number => {
    const crowded = routes.some((point) => distance(point, at) < 30 * unit) ? 90 : 0;
    const covered = standing.some((box) => inBox(at, box, 24 * unit)) ? 160 : 0;
    const beside = taken.some((point) => distance(point, at) < 62 * unit) ? 200 : 0;
    const outside =
      at.x < 30 * unit || at.x > layout.width - 56 * unit || at.y < 40 * unit || at.y > layout.height - 20 * unit
        ? 400
        : 0;
    const above = at.y < foot.y - 10 * unit ? 60 : 0;
    const count = { x: at.x + 26 * unit, y: at.y - 12 * unit };
    const written = captions.some((box) => inBox(at, box, 14 * unit) || inBox(count, box, 8 * unit)) ? 150 : 0;
    const ashore = within(at, site.island.outline) ? 500 : 0;
    return distance(at, foot) + ashore + written + crowded + covered + beside + outside + above;
  };
  const spots = site.island.outline.map((coast) => {
    const away = Math.max(1, distance(coast, site.island.centre));
    return {
      x: coast.x + ((coast.x - site.island.centre.x) / away) * off,
      y: coast.y + ((coast.y - site.island.centre.y) / away) * off,
    };
  });
  return spots.reduce((best, spot) => (costAt(spot) < costAt(best) ? spot : best));
}

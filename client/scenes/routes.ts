import { arc, type Box, distance, inBox, type Point, type Track, trackOf, within } from "../pieces/curve.ts";
import type { Land } from "../pieces/island.ts";

/** How far an arc may be bent, as shares of its length; the first that touches nothing wins. */
const BENDS = [0.1, -0.1, 0.2, -0.2, 0.32, -0.32, 0.46, -0.46] as const;

/** What a sea route should keep clear of. */
export interface Obstacles {
  readonly lands: readonly Land[];
  readonly boxes: readonly Box[];
  readonly routes: readonly Track[];
}

/** The gentlest arc between the coasts of two lands that crosses no other land, no name and no other route. */
export function seaRoute(from: Land, to: Land, around: Obstacles, margin: number): Track {
  const options = BENDS.map((bend, order) => {
    const track = bentRoute(from, to, bend);
    return { track, cost: costOf(track, around, margin) + order };
  });
  return options.reduce((best, option) => (option.cost < best.cost ? option : best)).track;
}

function bentRoute(from: Land, to: Land, bend: number): Track {
  const a = from.centre;
  const b = to.centre;
  const pull = { x: (a.x + b.x) / 2 - (b.y - a.y) * bend, y: (a.y + b.y) / 2 + (b.x - a.x) * bend };
  const start = coastTowards(from, pull);
  const end = coastTowards(to, pull);
  const gentle = {
    x: (start.x + end.x) / 2 - (end.y - start.y) * bend,
    y: (start.y + end.y) / 2 + (end.x - start.x) * bend,
  };
  return trackOf(arc(start, gentle, end));
}

/** The point of a coast that lies towards a point out at sea. */
export function coastTowards(land: Land, towards: Point): Point {
  const wanted = Math.atan2(towards.y - land.centre.y, towards.x - land.centre.x);
  const turn = (point: Point): number => {
    const off = Math.atan2(point.y - land.centre.y, point.x - land.centre.x) - wanted;
    return Math.abs(Math.atan2(Math.sin(off), Math.cos(off)));
  };
  return land.outline.reduce((best, point) => (turn(point) < turn(best) ? point : best));
}

function costOf(track: Track, around: Obstacles, margin: number): number {
  let cost = track.length / 60;
  for (const [at, point] of track.points.entries()) {
    const middle = at > 2 && at < track.points.length - 3;
    if (around.boxes.some((box) => inBox(point, box, margin * 0.5))) cost += 14;
    if (middle && around.lands.some((land) => nearLand(point, land, margin))) cost += 20;
    if (around.routes.some((route) => route.points.some((other) => distance(other, point) < margin * 0.7))) cost += 3;
  }
  return cost;
}

function nearLand(point: Point, land: Land, margin: number): boolean {
  const shrink = (value: number, centre: number, radius: number): number =>
    centre + ((value - centre) * radius) / (radius + margin);
  return within(
    { x: shrink(point.x, land.centre.x, land.radiusX), y: shrink(point.y, land.centre.y, land.radiusY) },
    land.outline,
  );
}

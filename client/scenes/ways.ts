import type { View } from "../../shared/match/view.ts";
import type { Point, Track } from "../pieces/curve.ts";
import { footpath, type Leg, type Way, wayOf } from "../pieces/way.ts";
import type { ChartLayout } from "./chartLayout.ts";

/** Distance between the two lanes of a sea route, in chart units. */
const LANE = 5;

/** One crossing between two islands in the direction of travel. */
interface Crossing {
  readonly link: number;
  readonly fromA: boolean;
  readonly to: number;
}

/**
 * Finds how boats get from one place (`z<zone>` or `n<node>`) to another: by ferry from a village, over the fewest links,
 * and over land with a lantern. Ways are found once and kept; null for a place that is not on the chart.
 */
export class Ways {
  private readonly found = new Map<string, Way | null>();
  private readonly layout: ChartLayout;
  private readonly view: View;

  constructor(layout: ChartLayout, view: View) {
    this.layout = layout;
    this.view = view;
  }

  between(from: string, to: string): Way | null {
    const key = `${from} ${to}`;
    let way = this.found.get(key);
    if (way === undefined) {
      way = this.find(from, to);
      this.found.set(key, way);
    }
    return way;
  }

  private find(from: string, to: string): Way | null {
    const start = this.zoneOf(from);
    const end = this.zoneOf(to);
    if (start === null || end === null || from === to) return null;
    const crossings = this.crossings(start, end);
    if (crossings === null) return null;
    const legs: Leg[] = [];
    let here = this.depart(from, start, legs);
    for (const crossing of crossings) {
      const points = along(this.layout.links[crossing.link], crossing.fromA);
      const [first] = points;
      const last = points[points.length - 1];
      if (first === undefined || last === undefined) return null;
      legs.push({ points: footpath(here, first), afloat: false, route: null });
      legs.push({ points, afloat: true, route: { index: crossing.link, fromA: crossing.fromA } });
      here = last;
    }
    this.arrive(to, end, here, legs);
    return wayOf(legs, LANE * this.layout.unit);
  }

  /** Leaves a place: from a village by ferry. Answers where on the island one then stands. */
  private depart(from: string, zone: number, legs: Leg[]): Point {
    const ferry = this.layout.zones[zone]?.ferry;
    if (from.startsWith("n") || ferry === undefined) return this.layout.nodes[Number(from.slice(1))] ?? { x: 0, y: 0 };
    const points = along(ferry, true);
    legs.push({ points, afloat: true, route: { index: -1 - zone, fromA: true } });
    return points[points.length - 1] ?? { x: 0, y: 0 };
  }

  private arrive(to: string, zone: number, here: Point, legs: Leg[]): void {
    const ferry = this.layout.zones[zone]?.ferry;
    if (to.startsWith("n") || ferry === undefined) {
      legs.push({ points: footpath(here, this.layout.nodes[Number(to.slice(1))] ?? here), afloat: false, route: null });
      return;
    }
    const points = along(ferry, false);
    legs.push({ points: footpath(here, points[0] ?? here), afloat: false, route: null });
    legs.push({ points, afloat: true, route: { index: -1 - zone, fromA: false } });
  }

  private zoneOf(place: string): number | null {
    const index = Number(place.slice(1));
    const zone = place.startsWith("z") ? index : this.view.nodes[index]?.zone;
    return zone !== undefined && this.layout.zones[zone] !== undefined ? zone : null;
  }

  /** Fewest links from zone to zone, breadth first; null when no link leads there. */
  private crossings(from: number, to: number): readonly Crossing[] | null {
    const reached = new Map<number, readonly Crossing[]>([[from, []]]);
    const next = [from];
    for (let zone = next.shift(); zone !== undefined; zone = next.shift()) {
      const path = reached.get(zone) ?? [];
      if (zone === to) return path;
      for (const [link, { a, b }] of this.view.links.entries()) {
        const other = a === zone ? b : b === zone ? a : -1;
        if (other < 0 || reached.has(other)) continue;
        reached.set(other, [...path, { link, fromA: a === zone, to: other }]);
        next.push(other);
      }
    }
    return null;
  }
}

function along(track: Track | undefined, forward: boolean): Point[] {
  const points = [...(track?.points ?? [])];
  return forward ? points : points.reverse();
}

/** A position on the chart, in CSS pixels from its top left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** An upright rectangle on the chart, in CSS pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A line through the given points that knows how long it is, so that things can travel along it. */
export interface Track {
  readonly points: readonly Point[];
  /** Distance from the first point to each point, in CSS pixels. */
  readonly reached: readonly number[];
  readonly length: number;
}

/** The distance between two points. */
export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** Measures a line once, so that `onTrack` is cheap. */
export function trackOf(points: readonly Point[]): Track {
  const reached: number[] = [];
  let length = 0;
  for (const [at, point] of points.entries()) {
    const before = points[at - 1];
    if (before !== undefined) length += distance(before, point);
    reached.push(length);
  }
  return { points, reached, length };
}

/** The point at a share (0 to 1) of a track's length, with the direction of travel there as a unit vector. */
export function onTrack(track: Track, share: number): { x: number; y: number; alongX: number; alongY: number } {
  const wanted = Math.min(1, Math.max(0, share)) * track.length;
  let low = 1;
  let high = track.points.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((track.reached[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  const from = track.points[low - 1] ?? { x: 0, y: 0 };
  const to = track.points[low] ?? from;
  const start = track.reached[low - 1] ?? 0;
  const step = (track.reached[low] ?? start) - start;
  const part = step > 0 ? (wanted - start) / step : 0;
  return {
    x: from.x + (to.x - from.x) * part,
    y: from.y + (to.y - from.y) * part,
    alongX: step > 0 ? (to.x - from.x) / step : 1,
    alongY: step > 0 ? (to.y - from.y) / step : 0,
  };
}

/** A gentle arc: the quadratic curve from one point to another, pulled towards `bend`. */
export function arc(from: Point, bend: Point, to: Point, steps = 32): Point[] {
  return Array.from({ length: steps + 1 }, (_, at) => {
    const t = at / steps;
    const u = 1 - t;
    return {
      x: u * u * from.x + 2 * u * t * bend.x + t * t * to.x,
      y: u * u * from.y + 2 * u * t * bend.y + t * t * to.y,
    };
  });
}

/** Traces a line on a canvas; `closed` joins its ends. */
export function traced(points: readonly Point[], closed: boolean): Path2D {
  const path = new Path2D();
  for (const [at, point] of points.entries()) {
    if (at === 0) path.moveTo(point.x, point.y);
    else path.lineTo(point.x, point.y);
  }
  if (closed) path.closePath();
  return path;
}

/** The piece of a track between two shares of its length, as points. */
export function stretch(track: Track, fromShare: number, toShare: number, stepPx = 4): Point[] {
  const steps = Math.max(1, Math.ceil((Math.abs(toShare - fromShare) * track.length) / stepPx));
  return Array.from({ length: steps + 1 }, (_, at) => onTrack(track, fromShare + ((toShare - fromShare) * at) / steps));
}

/** True when two boxes share some area. */
export function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** True when a point lies in a box that is widened by `margin` on every side. */
export function inBox(point: Point, box: Box, margin = 0): boolean {
  return (
    point.x > box.left - margin &&
    point.x < box.right + margin &&
    point.y > box.top - margin &&
    point.y < box.bottom + margin
  );
}

/** True when a point lies inside a closed outline (even-odd rule). */
export function within(point: Point, outline: readonly Point[]): boolean {
  let inside = false;
  let before = outline[outline.length - 1] ?? point;
  for (const corner of outline) {
    const crosses = corner.y > point.y !== before.y > point.y;
    if (crosses && point.x < ((before.x - corner.x) * (point.y - corner.y)) / (before.y - corner.y) + corner.x)
      inside = !inside;
    before = corner;
  }
  return inside;
}

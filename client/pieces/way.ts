import { distance, onTrack, type Point, type Track, trackOf } from "./curve.ts";

/** One part of a way: over water a boat sails, over land its lantern is carried. */
export interface Leg {
  readonly points: readonly Point[];
  readonly afloat: boolean;
  /** The route that this leg follows and in which direction; null over land. */
  readonly route: { readonly index: number; readonly fromA: boolean } | null;
}

/** A stretch of a way on a sea route: a link's index, or −1 − zone for the ferry of a zone's village. */
export interface Span {
  readonly route: number;
  readonly fromA: boolean;
  readonly from: number;
  readonly to: number;
}

/** A way from one place to another, sampled so densely that a boat only looks up where it is. */
export interface Way {
  readonly xs: Float32Array;
  readonly ys: Float32Array;
  /** 1 where the sample lies on water. */
  readonly afloat: Uint8Array;
  /** 1 where the way runs to the left. */
  readonly leftward: Uint8Array;
  readonly lengthPx: number;
  /** The sea routes followed, with where along the way (0 to 1) each starts and ends. */
  readonly spans: readonly Span[];
  /** Share of the way in the middle of its longest water, and just before its last landing: where boats sink. */
  readonly midSea: number;
  readonly lastSea: number;
}

const SAMPLE_PX = 2;

/** Joins legs to a way; boats keep `lanePx` CSS pixels to their right at sea, so that two directions don't collide. */
export function wayOf(legs: readonly Leg[], lanePx: number): Way {
  const tracks = legs.map((leg) => trackOf(leg.points));
  const lengthPx = Math.max(
    1,
    tracks.reduce((sum, track) => sum + track.length, 0),
  );
  const samples = Math.max(2, Math.ceil(lengthPx / SAMPLE_PX));
  const way = {
    xs: new Float32Array(samples),
    ys: new Float32Array(samples),
    afloat: new Uint8Array(samples),
    leftward: new Uint8Array(samples),
  };
  const ends: { from: number; to: number }[] = [];
  let start = 0;
  for (const { length } of tracks) {
    ends.push({ from: start / lengthPx, to: (start + length) / lengthPx });
    start += length;
  }
  for (let at = 0; at < samples; at += 1) {
    const share = at / (samples - 1);
    const order = Math.max(
      0,
      ends.findIndex((end) => share <= end.to + 1e-9),
    );
    const [leg, track, end] = [legs[order], tracks[order], ends[order]];
    if (leg !== undefined && track !== undefined && end !== undefined)
      place(way, at, { leg, track, end, share, lanePx });
  }
  const seas = legs.flatMap((leg, at) => (leg.afloat ? [{ ...(ends[at] ?? { from: 0, to: 1 }), leg }] : []));
  const longest = seas.reduce<{ from: number; to: number } | null>(
    (most, sea) => (most === null || sea.to - sea.from > most.to - most.from ? sea : most),
    null,
  );
  const last = seas[seas.length - 1];
  const spans = legs.flatMap((leg, at) =>
    leg.route === null ? [] : [{ route: leg.route.index, fromA: leg.route.fromA, ...(ends[at] ?? { from: 0, to: 1 }) }],
  );
  return {
    ...way,
    lengthPx,
    spans,
    midSea: longest === null ? 0.5 : longest.from + (longest.to - longest.from) * 0.55,
    lastSea: last === undefined ? 0.97 : last.from + (last.to - last.from) * 0.9,
  };
}

function place(
  way: { xs: Float32Array; ys: Float32Array; afloat: Uint8Array; leftward: Uint8Array },
  at: number,
  on: { leg: Leg; track: Track; end: { from: number; to: number }; share: number; lanePx: number },
): void {
  const part = on.end.to > on.end.from ? (on.share - on.end.from) / (on.end.to - on.end.from) : 0;
  const point = onTrack(on.track, part);
  const lane =
    on.leg.afloat && on.leg.route !== null && on.leg.route.index >= 0
      ? on.lanePx * Math.min(1, part * 6, (1 - part) * 6)
      : 0;
  way.xs[at] = point.x - point.alongY * lane;
  way.ys[at] = point.y + point.alongX * lane;
  way.afloat[at] = on.leg.afloat ? 1 : 0;
  way.leftward[at] = point.alongX < -0.05 ? 1 : 0;
}

/** The way across land between two points, bent a little so that several do not fall into one line. */
export function footpath(from: Point, to: Point): Point[] {
  const bend = Math.min(10, distance(from, to) * 0.08);
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 + bend };
  return [from, middle, to];
}

import { arc, type Box, distance, onTrack, overlaps, type Point, type Track, trackOf } from "../pieces/curve.ts";
import type { Cut } from "../pieces/cut.ts";
import type { MessageArrow } from "../pieces/messages.ts";
import { TOWER_HEIGHT } from "../pieces/tower.ts";
import type { ChartLayout } from "./chartLayout.ts";
import { middleOf } from "./middle.ts";

/** A message under way between two places (`z<zone>` or `n<node>`), as a replay knows it. */
export interface Dispatch {
  readonly from: string;
  readonly to: string;
  readonly words: string;
  readonly kind: "read" | "write";
  /** It will not arrive. */
  readonly failed: boolean;
  /** How far it has come, 0 to 1. */
  readonly flown: number;
}

/** How far an arrow is bent to its right, as a share of its length, so that question and answer don't cover each other. */
const BEND = 0.15;
/** Room between an arrow's ends and the middles of its places, in chart units. */
const STANDOFF = 22;
/** Shorter than this, in CSS pixels, there is nothing to draw. */
const SHORTEST_PX = 18;
/** Where along the arrow a plate may stand; the first with room wins. */
const PLATE_SHARES = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8] as const;
/** Where a message is lost when no fog bank tells. */
const LOST_AT = 0.55;

/** Lays arrows for messages, and plates for those words that cover neither a name nor each other. */
export function layMessages(layout: ChartLayout, messages: readonly Dispatch[], cut: Cut | null): MessageArrow[] {
  const taken = [
    ...layout.zones.map(({ labelBox }) => labelBox),
    ...layout.nodes.flatMap((foot) => [nameBox(layout, foot), towerBox(layout, foot)]),
  ];
  return messages.flatMap((message) => {
    const track = trackBetween(layout, message);
    if (track === null) return [];
    const endsAt = message.failed ? lostAt(track, cut) : null;
    const plateAt = spotFor(layout, { track, words: message.words, until: endsAt ?? 1, taken });
    return [
      {
        track,
        endsAt,
        flown: message.flown,
        kind: message.kind,
        words: plateAt === null ? "" : message.words,
        plateAt: plateAt ?? { x: 0, y: 0 },
      },
    ];
  });
}

function trackBetween(layout: ChartLayout, { from, to }: Dispatch): Track | null {
  const [start, end] = [middleOf(layout, from), middleOf(layout, to)];
  const length = distance(start, end);
  const standoff = Math.min(STANDOFF * layout.unit, length * 0.3);
  if (length < SHORTEST_PX) return null;
  const along = { x: (end.x - start.x) / length, y: (end.y - start.y) / length };
  const a = { x: start.x + along.x * standoff, y: start.y + along.y * standoff };
  const b = { x: end.x - along.x * standoff, y: end.y - along.y * standoff };
  const bend = length * BEND;
  return trackOf(arc(a, { x: (a.x + b.x) / 2 - along.y * bend, y: (a.y + b.y) / 2 + along.x * bend }, b, 16));
}

/** In the middle of the fog where there is a bank on the way. */
function lostAt(track: Track, cut: Cut | null): number {
  if (cut === null) return LOST_AT;
  const shares = Array.from({ length: 15 }, (_, at) => 0.15 + at * 0.05);
  const lead = (share: number): number => {
    const point = onTrack(track, share);
    return cut.leadPx(point.x, point.y);
  };
  return shares.reduce((best, share) => (lead(share) < lead(best) ? share : best), LOST_AT);
}

/** The middle of a plate's free spot, which is then taken; null when there is none. */
function spotFor(
  layout: ChartLayout,
  ask: { readonly track: Track; readonly words: string; readonly until: number; readonly taken: Box[] },
): Point | null {
  const { state } = layout.letters;
  const halfWidth = (ask.words.length * state * 0.5 + 20) / 2;
  const halfHeight = (state * 1.2 + 6) / 2;
  for (const share of PLATE_SHARES) {
    const at = onTrack(ask.track, share * ask.until);
    const box = { left: at.x - halfWidth, right: at.x + halfWidth, top: at.y - halfHeight, bottom: at.y + halfHeight };
    const inside = box.left >= 0 && box.top >= 0 && box.right <= layout.width && box.bottom <= layout.height;
    if (!inside || ask.taken.some((other) => overlaps(other, box))) continue;
    ask.taken.push(box);
    return { x: at.x, y: at.y };
  }
  return null;
}

function towerBox({ towerScale }: ChartLayout, foot: Point): Box {
  const half = 10 * towerScale;
  return { left: foot.x - half, right: foot.x + half, top: foot.y - TOWER_HEIGHT * towerScale, bottom: foot.y };
}

/** About the room that a node's name takes; its state may be covered while the film stands still. */
function nameBox(layout: ChartLayout, foot: Point): Box {
  const top = foot.y + 13 * layout.towerScale;
  const half = layout.letters.name * 1.6;
  return { left: foot.x - half, right: foot.x + half, top, bottom: top + layout.letters.name * 1.3 };
}

import type { LaneStatus, LinkView } from "../../shared/match/view.ts";
import { onTrack, type Point, stretch, traced, type Track } from "./curve.ts";
import { faded } from "./palette.ts";
import type { Stage } from "./stage.ts";

/** How a link is drawn, from its two lanes together. */
export type LinkLook = "ok" | "slow" | "lossy" | "unknown" | "cut" | "cutAToB" | "cutBToA";

/**
 * A cut goes before everything else, and an open lane is only drawn where monitoring sees one: cut in one direction and
 * not seen in the other is drawn as cut. Else the worse of the two lanes.
 */
export function linkLook({ aToB, bToA }: Pick<LinkView, "aToB" | "bToA">): LinkLook {
  const open = (lane: LaneStatus): boolean => lane !== "cut" && lane !== "unknown";
  if (aToB === "cut" || bToA === "cut") return open(bToA) ? "cutAToB" : open(aToB) ? "cutBToA" : "cut";
  return (["unknown", "lossy", "slow"] as const).find((status) => aToB === status || bToA === status) ?? "ok";
}

/** Distance of either lane from the middle of a link that is open in one direction only, in chart units. */
const ASIDE = 6;

/** What is painted of a link: its way, its look, where its bars stand and whether it is selected. */
export interface LinkPainting {
  readonly track: Track;
  readonly look: LinkLook;
  /** Shares of the way between which a cut link is dotted. */
  readonly between: readonly [number, number];
  readonly selected: boolean;
}

/** Paints a link: solid, wavy, broken with crosses, dotted; each look differs by pattern and not by colour alone. */
export function paintLink(brush: CanvasRenderingContext2D, stage: Stage, link: LinkPainting): void {
  const { palette, unit } = stage;
  const { track, look, between } = link;
  const width = 2.4 * Math.max(0.75, unit);
  brush.lineCap = "round";
  brush.lineJoin = "round";
  if (link.selected) {
    brush.strokeStyle = faded(palette.lamp, 0.5);
    brush.lineWidth = width * 5;
    brush.stroke(traced(track.points, false));
  }
  brush.strokeStyle = palette.route;
  brush.lineWidth = width;
  const line = (from: number, to: number): void => brush.stroke(traced(stretch(track, from, to), false));
  if (look === "ok") line(0, 1);
  if (look === "slow") brush.stroke(traced(wavy(track, unit), false));
  if (look === "lossy") paintLossy(brush, stage, track);
  if (look === "unknown") {
    brush.strokeStyle = faded(palette.route, 0.75);
    brush.setLineDash([3 * unit, 6 * unit]);
    line(0, 1);
  }
  if (look === "cut") {
    line(0, between[0]);
    line(between[1], 1);
    dot(brush, stage, 0.5);
    line(between[0] + 0.03, between[1] - 0.03);
  }
  if (look === "cutAToB" || look === "cutBToA") paintOneWay(brush, stage, track, look === "cutBToA");
}

/** The two bars at which a cut link ends. */
export function paintBars(
  brush: CanvasRenderingContext2D,
  stage: Stage,
  track: Track,
  between: readonly [number, number],
): void {
  const { palette, unit } = stage;
  const half = 10 * unit;
  brush.lineCap = "round";
  for (const share of between) {
    const { x, y, alongX, alongY } = onTrack(track, share);
    const bar = traced(
      [
        { x: x - alongY * half, y: y + alongX * half },
        { x: x + alongY * half, y: y - alongX * half },
      ],
      false,
    );
    brush.strokeStyle = palette.halo;
    brush.lineWidth = 7 * unit;
    brush.stroke(bar);
    brush.strokeStyle = palette.error;
    brush.lineWidth = 4 * unit;
    brush.stroke(bar);
  }
}

function paintLossy(brush: CanvasRenderingContext2D, stage: Stage, track: Track): void {
  const { unit } = stage;
  brush.setLineDash([13 * unit, 9 * unit]);
  brush.stroke(traced(track.points, false));
  brush.setLineDash([]);
  for (const share of [0.27, 0.5, 0.73]) paintCross(brush, stage, onTrack(track, share));
}

/** The open lane with arrows, the closed one dotted with a cross; ships keep to the right in either direction. */
function paintOneWay(brush: CanvasRenderingContext2D, stage: Stage, track: Track, openAToB: boolean): void {
  const { unit } = stage;
  const open = (openAToB ? ASIDE : -ASIDE) * unit;
  brush.stroke(traced(beside(track, open), false));
  for (const share of [0.25, 0.5, 0.75]) {
    const at = onTrack(track, share);
    brush.save();
    brush.translate(at.x - at.alongY * open, at.y + at.alongX * open);
    brush.rotate(Math.atan2(at.alongY, at.alongX) + (openAToB ? 0 : Math.PI));
    brush.scale(unit, unit);
    brush.stroke(new Path2D("M-6 -5.5 L4 0 L-6 5.5"));
    brush.restore();
  }
  dot(brush, stage, 0.6);
  brush.stroke(traced(beside(track, -open), false));
  brush.setLineDash([]);
  const middle = onTrack(track, 0.5);
  paintCross(brush, stage, { x: middle.x + middle.alongY * open, y: middle.y - middle.alongX * open });
}

function dot(brush: CanvasRenderingContext2D, stage: Stage, opacity: number): void {
  brush.strokeStyle = faded(stage.palette.route, opacity);
  brush.setLineDash([0.1, 7 * stage.unit]);
}

function wavy(track: Track, unit: number): Point[] {
  const waves = Math.max(3, Math.round(track.length / (17 * unit)));
  const steps = waves * 10;
  return Array.from({ length: steps + 1 }, (_, at) => {
    const share = at / steps;
    const point = onTrack(track, share);
    const swing = Math.sin(share * waves * Math.PI * 2) * 4.6 * unit * Math.min(1, share * 8, (1 - share) * 8);
    return { x: point.x - point.alongY * swing, y: point.y + point.alongX * swing };
  });
}

/** The same way, so many pixels to the right of the direction of travel. */
function beside(track: Track, asidePx: number): Point[] {
  return stretch(track, 0, 1).map((_, at, all) => {
    const point = onTrack(track, at / (all.length - 1));
    return { x: point.x - point.alongY * asidePx, y: point.y + point.alongX * asidePx };
  });
}

function paintCross(brush: CanvasRenderingContext2D, stage: Stage, at: Point): void {
  const size = 4.8 * stage.unit;
  const cross = new Path2D();
  cross.moveTo(at.x - size, at.y - size);
  cross.lineTo(at.x + size, at.y + size);
  cross.moveTo(at.x + size, at.y - size);
  cross.lineTo(at.x - size, at.y + size);
  brush.strokeStyle = stage.palette.halo;
  brush.lineWidth = size * 1.3;
  brush.stroke(cross);
  brush.strokeStyle = stage.palette.error;
  brush.lineWidth = size * 0.6;
  brush.stroke(cross);
}

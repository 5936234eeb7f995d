import type * as Phaser from "phaser";
import type { LaneStatus, LinkView } from "../../shared/match/view.ts";
import type { Cut } from "./cut.ts";
import { onTrack, type Point, stretch, traced, type Track } from "./curve.ts";
import { FOG_LEAD } from "./fog.ts";
import { faded } from "./palette.ts";
import { painted, type Stage } from "./stage.ts";

/** Where the bars of a cut link stand when no fog bank decides it, as shares of the way. */
const BARS: readonly [number, number] = [0.36, 0.64];
const REACH = 16;

/** How a link is drawn, from its two lanes together. */
export type LinkLook = "ok" | "slow" | "lossy" | "unknown" | "cut" | "cutAToB" | "cutBToA";

/** A cut in one or both directions goes before everything else; then the worse of the two lanes. */
export function linkLook(link: LinkView): LinkLook {
  if (link.aToB === "cut" && link.bToA === "cut") return "cut";
  if (link.aToB === "cut") return "cutAToB";
  if (link.bToA === "cut") return "cutBToA";
  const worst: readonly LaneStatus[] = ["unknown", "lossy", "slow"];
  const found = worst.find((status) => link.aToB === status || link.bToA === status);
  return found === undefined || found === "cut" || found === "ok" ? "ok" : found;
}

/**
 * A sea route between two islands. Painted when its look changes, never per frame. What tells of a cut lies over the
 * fog: the cut is in force, and to be seen, before the fog is.
 */
export class Link {
  readonly track: Track;
  private readonly stage: Stage;
  private readonly key: string;
  private image: Phaser.GameObjects.Image | null = null;
  private bars: Phaser.GameObjects.Image | null = null;
  private painting = "";
  private look: LinkLook = "ok";
  private between: readonly [number, number] = BARS;

  constructor(stage: Stage, track: Track, order: number) {
    this.stage = stage;
    this.track = track;
    this.key = `link-${order}`;
  }

  /** Shows the link's look; `cut` is the fog bank that a cut link ends at, where there is one. */
  show(link: LinkView, cut: Cut | null, selected: boolean): void {
    const look = linkLook(link);
    const between = look === "cut" ? this.barsAlong(cut) : BARS;
    const painting = `${look} ${between[0]} ${between[1]} ${selected}`;
    if (painting === this.painting) return;
    this.painting = painting;
    this.look = look;
    this.between = between;
    this.image?.destroy();
    this.bars?.destroy();
    const oneWay = look === "cutAToB" || look === "cutBToA";
    this.image = painted(this.stage, oneWay ? "fleet" : "routes", this.area(""), (brush) => this.paint(brush, selected));
    if (oneWay) this.stage.layers.fleet.sendToBack(this.image);
    this.bars = look === "cut" ? painted(this.stage, "fleet", this.area(" bars"), (brush) => this.paintBars(brush)) : null;
    if (this.bars !== null) this.stage.layers.fleet.sendToBack(this.bars);
  }

  /** Where a boat sailing from `a` (or from `b`) is stopped by a cut, as a share of the way from `a`; null when it is not. */
  stopsAt(fromA: boolean): number | null {
    if (this.look === "cut") return fromA ? this.between[0] : this.between[1];
    if (this.look === (fromA ? "cutAToB" : "cutBToA")) return 0.5;
    return null;
  }

  private barsAlong(cut: Cut | null): readonly [number, number] {
    if (cut === null) return BARS;
    const fogged = this.track.points.flatMap((_, at) => {
      const share = at / (this.track.points.length - 1);
      const point = onTrack(this.track, share);
      return cut.leadPx(point.x, point.y) < FOG_LEAD * 0.9 * this.stage.unit ? [share] : [];
    });
    const first = fogged[0];
    const last = fogged[fogged.length - 1];
    if (first === undefined || last === undefined || last - first < 0.08) return BARS;
    return [Math.max(0.14, first), Math.min(0.86, last)];
  }

  private area(suffix: string): { key: string; left: number; top: number; width: number; height: number } {
    const xs = this.track.points.map((point) => point.x);
    const ys = this.track.points.map((point) => point.y);
    const reach = REACH * this.stage.unit;
    const left = Math.min(...xs) - reach;
    const top = Math.min(...ys) - reach;
    return { key: `${this.key}${suffix}`, left, top, width: Math.max(...xs) + reach - left, height: Math.max(...ys) + reach - top };
  }

  private paint(brush: CanvasRenderingContext2D, selected: boolean): void {
    const { palette, unit } = this.stage;
    const width = 2.4 * Math.max(0.75, unit);
    brush.lineCap = "round";
    brush.lineJoin = "round";
    if (selected) {
      brush.strokeStyle = faded(palette.lamp, 0.5);
      brush.lineWidth = width * 5;
      brush.stroke(traced(this.track.points, false));
    }
    brush.strokeStyle = palette.route;
    brush.lineWidth = width;
    const line = (from: number, to: number): void => brush.stroke(traced(stretch(this.track, from, to), false));
    if (this.look === "ok") line(0, 1);
    if (this.look === "slow") brush.stroke(traced(this.wavy(), false));
    if (this.look === "lossy") this.paintLossy(brush, line);
    if (this.look === "unknown") {
      brush.strokeStyle = faded(palette.route, 0.75);
      brush.setLineDash([3 * unit, 6 * unit]);
      line(0, 1);
    }
    if (this.look === "cut") {
      line(0, this.between[0]);
      line(this.between[1], 1);
      this.dotted(brush, 0.5);
      line(this.between[0] + 0.03, this.between[1] - 0.03);
    }
    if (this.look === "cutAToB" || this.look === "cutBToA") this.paintOneWay(brush, this.look === "cutBToA");
  }

  private paintLossy(brush: CanvasRenderingContext2D, line: (from: number, to: number) => void): void {
    const { unit, palette } = this.stage;
    brush.setLineDash([13 * unit, 9 * unit]);
    line(0, 1);
    brush.setLineDash([]);
    for (const share of [0.27, 0.5, 0.73]) paintCross(brush, onTrack(this.track, share), 4.6 * unit, palette.error, palette.halo);
  }

  /** The open lane with arrows, the closed one dotted with a cross. */
  private paintOneWay(brush: CanvasRenderingContext2D, openAToB: boolean): void {
    const { unit, palette } = this.stage;
    const aside = 6 * unit;
    brush.stroke(traced(this.beside(-aside), false));
    for (const share of [0.25, 0.5, 0.75]) {
      const at = onTrack(this.track, share);
      const turn = Math.atan2(at.alongY, at.alongX) + (openAToB ? 0 : Math.PI);
      brush.save();
      brush.translate(at.x + at.alongY * aside, at.y - at.alongX * aside);
      brush.rotate(turn);
      brush.scale(unit, unit);
      brush.stroke(new Path2D("M-6 -5.5 L4 0 L-6 5.5"));
      brush.restore();
    }
    this.dotted(brush, 0.6);
    brush.stroke(traced(this.beside(aside), false));
    brush.setLineDash([]);
    const middle = onTrack(this.track, 0.5);
    paintCross(brush, { x: middle.x - middle.alongY * aside, y: middle.y + middle.alongX * aside }, 5 * unit, palette.error, palette.halo);
  }

  private paintBars(brush: CanvasRenderingContext2D): void {
    const { unit, palette } = this.stage;
    brush.lineCap = "round";
    for (const share of this.between) {
      const at = onTrack(this.track, share);
      const half = 10 * unit;
      const bar = new Path2D(`M${at.x - at.alongY * half} ${at.y + at.alongX * half} L${at.x + at.alongY * half} ${at.y - at.alongX * half}`);
      brush.strokeStyle = palette.halo;
      brush.lineWidth = 7 * unit;
      brush.stroke(bar);
      brush.strokeStyle = palette.error;
      brush.lineWidth = 4 * unit;
      brush.stroke(bar);
    }
  }

  private dotted(brush: CanvasRenderingContext2D, opacity: number): void {
    const { unit, palette } = this.stage;
    brush.strokeStyle = faded(palette.route, opacity);
    brush.setLineDash([0.1, 7 * unit]);
  }

  private wavy(): Point[] {
    const { unit } = this.stage;
    const waves = Math.max(3, Math.round(this.track.length / (17 * unit)));
    const steps = waves * 10;
    return Array.from({ length: steps + 1 }, (_, at) => {
      const share = at / steps;
      const point = onTrack(this.track, share);
      const swing = Math.sin(share * waves * Math.PI * 2) * 4.6 * unit * Math.min(1, share * 8, (1 - share) * 8);
      return { x: point.x - point.alongY * swing, y: point.y + point.alongX * swing };
    });
  }

  private beside(aside: number): Point[] {
    return stretch(this.track, 0, 1).map((_, at, all) => {
      const point = onTrack(this.track, at / (all.length - 1));
      return { x: point.x - point.alongY * aside, y: point.y + point.alongX * aside };
    });
  }
}

function paintCross(brush: CanvasRenderingContext2D, at: Point, size: number, colour: string, halo: string): void {
  const cross = new Path2D(`M${at.x - size} ${at.y - size} L${at.x + size} ${at.y + size} M${at.x + size} ${at.y - size} L${at.x - size} ${at.y + size}`);
  brush.strokeStyle = halo;
  brush.lineWidth = size * 1.3;
  brush.stroke(cross);
  brush.strokeStyle = colour;
  brush.lineWidth = size * 0.6;
  brush.stroke(cross);
}

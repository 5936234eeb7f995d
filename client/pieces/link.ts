import type * as Phaser from "phaser";
import type { LinkView } from "../../shared/match/view.ts";
import type { Cut } from "./cut.ts";
import { onTrack, type Track } from "./curve.ts";
import { FOG_LEAD } from "./fog.ts";
import { type LinkLook, linkLook, paintBars, paintLink } from "./linkLook.ts";
import { painted, type Stage } from "./stage.ts";

/** Where the bars of a cut link stand when no fog bank decides it, as shares of the way. */
const BARS: readonly [number, number] = [0.36, 0.64];
const REACH = 16;

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
    this.image = painted(this.stage, oneWay ? "fleet" : "routes", this.area(""), (brush) =>
      paintLink(brush, this.stage, { track: this.track, look, between, selected }),
    );
    if (oneWay) this.stage.layers.fleet.sendToBack(this.image);
    this.bars =
      look === "cut"
        ? painted(this.stage, "fleet", this.area(" bars"), (brush) => paintBars(brush, this.stage, this.track, between))
        : null;
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
    return {
      key: `${this.key}${suffix}`,
      left,
      top,
      width: Math.max(...xs) + reach - left,
      height: Math.max(...ys) + reach - top,
    };
  }
}

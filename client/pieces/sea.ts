import type * as Phaser from "phaser";
import { type Box, inBox, type Point } from "./curve.ts";
import { faded, type Palette } from "./palette.ts";
import { seeded } from "./seeded.ts";
import { SERIF, type Stage } from "./stage.ts";

/** The water under everything: depth, rhumb lines from the compass rose, and by day the soundings of a chart. */
export function paintSea(
  brush: CanvasRenderingContext2D,
  palette: Palette,
  area: { width: number; height: number; unit: number; rose: Point | null; keepClear: readonly Box[] },
): void {
  const { width, height, unit, rose } = area;
  const depth = brush.createRadialGradient(
    width * 0.5,
    height * 0.48,
    0,
    width * 0.5,
    height * 0.48,
    Math.hypot(width, height) * 0.58,
  );
  depth.addColorStop(0, palette.sea);
  depth.addColorStop(1, palette.seaEdge);
  brush.fillStyle = depth;
  brush.fillRect(0, 0, width, height);
  if (rose !== null) paintRhumbs(brush, palette, rose, Math.hypot(width, height));
  if (rose !== null) paintRose(brush, palette, rose, unit);
  if (palette.theme === "day") paintSoundings(brush, palette, area);
}

function paintRhumbs(brush: CanvasRenderingContext2D, palette: Palette, rose: Point, reach: number): void {
  brush.strokeStyle = faded(palette.rhumb, palette.theme === "night" ? 0.1 : 0.16);
  brush.lineWidth = 1;
  for (let at = 0; at < 32; at += 1) {
    const angle = (at / 32) * Math.PI * 2;
    brush.beginPath();
    brush.moveTo(rose.x, rose.y);
    brush.lineTo(rose.x + Math.cos(angle) * reach, rose.y + Math.sin(angle) * reach);
    brush.stroke();
  }
}

/** An eight-pointed compass rose with a graduated ring; decoration, so it stays faint. */
function paintRose(brush: CanvasRenderingContext2D, palette: Palette, rose: Point, unit: number): void {
  brush.save();
  brush.translate(rose.x, rose.y);
  brush.scale(unit, unit);
  const night = palette.theme === "night";
  brush.globalAlpha = night ? 0.5 : 0.6;
  brush.strokeStyle = palette.rhumb;
  brush.fillStyle = palette.rhumb;
  brush.lineWidth = 1;
  for (const radius of [38, 44]) {
    brush.beginPath();
    brush.arc(0, 0, radius, 0, Math.PI * 2);
    brush.stroke();
  }
  for (let at = 0; at < 72; at += 1) {
    brush.save();
    brush.rotate((at / 72) * Math.PI * 2);
    brush.fillRect(-0.4, -44, 0.8, at % 6 === 0 ? 6 : 3.4);
    brush.restore();
  }
  for (const [points, tip, waist] of [
    [4, 24, 6],
    [4, 37, 7],
  ] as const) {
    for (let at = 0; at < points; at += 1) {
      brush.save();
      brush.rotate((at / points) * Math.PI * 2 + (tip === 24 ? Math.PI / 4 : 0));
      brush.fill(new Path2D(`M0 ${-tip} L${waist * 0.7} ${-waist} L0 0 Z`));
      brush.globalAlpha *= 0.45;
      brush.fill(new Path2D(`M0 ${-tip} L${-waist * 0.7} ${-waist} L0 0 Z`));
      brush.restore();
    }
  }
  brush.font = `500 12px ${SERIF}`;
  brush.textAlign = "center";
  brush.fillText("N", 0, -50);
  brush.restore();
}

function paintSoundings(
  brush: CanvasRenderingContext2D,
  palette: Palette,
  area: { width: number; height: number; unit: number; keepClear: readonly Box[] },
): void {
  const random = seeded("soundings");
  brush.font = `italic 400 ${13 * area.unit}px ${SERIF}`;
  brush.fillStyle = faded(palette.ink3, 0.62);
  brush.textAlign = "center";
  const written: Point[] = [];
  for (let tries = 0; tries < 60; tries += 1) {
    const at = { x: random() * area.width, y: random() * area.height };
    const depth = 8 + Math.floor(random() * 34);
    if (area.keepClear.some((box) => inBox(at, box, 54 * area.unit))) continue;
    if (written.some((other) => Math.hypot(other.x - at.x, other.y - at.y) < 90 * area.unit)) continue;
    if (at.x < 20 || at.y < 16 || at.x > area.width - 20 || at.y > area.height - 16) continue;
    written.push(at);
    brush.fillText(String(depth), at.x, at.y);
  }
}

/** Little waves that lift and fall by themselves, so that the sea is alive while nothing happens. */
export class Waves {
  private readonly images: Phaser.GameObjects.Image[] = [];
  private readonly stage: Stage;

  constructor(stage: Stage, keepClear: readonly Box[]) {
    this.stage = stage;
    const random = seeded("waves");
    const wanted = Math.round((stage.width * stage.height) / 13_000);
    for (let tries = 0; tries < wanted * 4 && this.images.length < wanted; tries += 1) {
      const at = { x: random() * stage.width, y: random() * stage.height };
      if (keepClear.some((box) => inBox(at, box, 4))) continue;
      const image = stage.marks.image(stage.layers.sea, "wave", stage.unit * (0.75 + random() * 0.5));
      this.images.push(
        image
          .setPosition(at.x, at.y)
          .setFlipX(random() < 0.5)
          .setAlpha(0.28),
      );
    }
  }

  tick(nowMs: number): void {
    if (this.stage.calm) return;
    for (const [at, image] of this.images.entries()) image.setAlpha(0.26 + 0.2 * Math.sin(nowMs / 1_900 + at * 1.7));
  }
}

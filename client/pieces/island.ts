import { type Box, inBox, type Point, traced, within } from "./curve.ts";
import { faded, type Palette } from "./palette.ts";
import { seeded } from "./seeded.ts";

/** A body of land: a zone's island or its village islet, in CSS pixels. */
export interface Land {
  readonly name: string;
  readonly centre: Point;
  readonly radiusX: number;
  readonly radiusY: number;
  /** The coast, closed, evenly turned round the centre. */
  readonly outline: readonly Point[];
}

const CORNERS = 96;

/**
 * Raises land out of the sea. Its coast is a rounded box bent by a few slow waves whose size and place come from its
 * name, stretched to touch the box of its radii, so that land always fits the place that was kept for it.
 */
export function landOf(name: string, centre: Point, radiusX: number, radiusY: number): Land {
  const random = seeded(`coast of ${name}`);
  const waves = [2, 3, 4, 5, 7].map((turns) => ({
    turns,
    height: (0.045 + 0.075 * random()) / (turns < 4 ? 1 : turns / 3),
    phase: random() * Math.PI * 2,
  }));
  const raw = Array.from({ length: CORNERS }, (_, at) => {
    const angle = (at / CORNERS) * Math.PI * 2;
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    const round = 1 / (Math.abs(cos) ** 2.4 + Math.abs(sin) ** 2.4) ** (1 / 2.4);
    const bend = waves.reduce((sum, wave) => sum + wave.height * Math.cos(angle * wave.turns + wave.phase), 1);
    return { x: cos * round * bend, y: sin * round * bend };
  });
  const left = Math.min(...raw.map((point) => point.x));
  const right = Math.max(...raw.map((point) => point.x));
  const top = Math.min(...raw.map((point) => point.y));
  const bottom = Math.max(...raw.map((point) => point.y));
  const outline = raw.map((point) => ({
    x: centre.x + ((point.x - left) / (right - left) - 0.5) * 2 * radiusX,
    y: centre.y + ((point.y - top) / (bottom - top) - 0.5) * 2 * radiusY,
  }));
  return { name, centre, radiusX, radiusY, outline };
}

/** The box round a body of land. */
export function boxOf(land: Land): Box {
  const { centre, radiusX, radiusY } = land;
  return { left: centre.x - radiusX, right: centre.x + radiusX, top: centre.y - radiusY, bottom: centre.y + radiusY };
}

/** The shallow water round land, drawn for all land before any land so that neighbours share their shoals. */
export function paintShoals(
  brush: CanvasRenderingContext2D,
  palette: Palette,
  lands: readonly Land[],
  unit: number,
): void {
  const widths = [40, 26, 12].map((width) => width * unit);
  brush.lineJoin = "round";
  for (const [at, width] of widths.entries()) {
    for (const land of lands) {
      const share = Math.min(1, land.radiusX / (90 * unit));
      const coast = traced(land.outline, true);
      brush.strokeStyle = faded(
        palette.shoalLine,
        at === 2 ? 0.95 : palette.theme === "night" ? 0.28 : at === 1 ? 0.75 : 0,
      );
      brush.setLineDash(palette.theme === "day" && at === 2 ? [1.5 * unit, 3 * unit] : []);
      brush.lineWidth = 2 * width * share + (at === 2 ? 2 : 1.6) * unit;
      brush.stroke(coast);
      brush.setLineDash([]);
      brush.strokeStyle = palette.shoals[at] ?? palette.sea;
      brush.lineWidth = 2 * width * share;
      brush.stroke(coast);
    }
  }
}

/** The land itself: coast, two rises, and trees (hill marks by day) where nothing else stands. */
export function paintLand(
  brush: CanvasRenderingContext2D,
  palette: Palette,
  land: Land,
  options: { unit: number; trees: number; keepClear: readonly Box[] },
): void {
  const coast = traced(land.outline, true);
  brush.fillStyle = palette.land;
  brush.fill(coast);
  brush.save();
  brush.clip(coast);
  const random = seeded(`rises of ${land.name}`);
  for (const [size, colour] of [
    [0.8, palette.landRise],
    [0.52, palette.landTop],
  ] as const) {
    const shiftX = (random() - 0.5) * 0.3 * land.radiusX;
    const shiftY = (random() - 0.5) * 0.22 * land.radiusY;
    const rise = landOf(
      `${land.name} ${size}`,
      { x: land.centre.x + shiftX, y: land.centre.y + shiftY },
      land.radiusX * size,
      land.radiusY * size,
    );
    brush.fillStyle = colour;
    brush.fill(traced(rise.outline, true));
  }
  brush.restore();
  brush.strokeStyle = palette.coast;
  brush.lineWidth = (palette.theme === "night" ? 1.9 : 2.2) * Math.max(0.7, options.unit);
  brush.stroke(coast);
  for (let tries = 0, grown = 0; tries < options.trees * 9 && grown < options.trees; tries += 1) {
    const at = {
      x: land.centre.x + (random() * 2 - 1) * land.radiusX,
      y: land.centre.y + (random() * 2 - 1) * land.radiusY,
    };
    const size = (0.75 + random() * 0.5) * options.unit;
    if (!within(at, land.outline) || !within({ x: at.x, y: at.y - 20 * size }, land.outline)) continue;
    if (options.keepClear.some((box) => inBox(at, box, 7 * options.unit))) continue;
    paintTree(brush, palette, at, size);
    grown += 1;
  }
}

function paintTree(brush: CanvasRenderingContext2D, palette: Palette, at: Point, size: number): void {
  brush.save();
  brush.translate(at.x, at.y);
  brush.scale(size, size);
  if (palette.theme === "night") {
    brush.fillStyle = palette.tree;
    brush.fill(new Path2D("M0 -17 L5.6 0 H-5.6 Z"));
    brush.fillStyle = faded(palette.outline, 0.35);
    brush.fill(new Path2D("M0 -17 L5.6 0 H1 Z"));
  } else {
    brush.strokeStyle = palette.tree;
    brush.lineWidth = 1.5;
    brush.lineJoin = "miter";
    brush.stroke(new Path2D("M-5 0 L0 -12 L5 0"));
  }
  brush.restore();
}

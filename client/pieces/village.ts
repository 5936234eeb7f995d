import type { Land } from "./island.ts";
import { faded, type Palette } from "./palette.ts";

const HOUSES = [
  { x: -15, y: 4, size: 1 },
  { x: 13, y: 1, size: 0.9 },
  { x: -2, y: -2, size: 0.95 },
  { x: 4, y: 7, size: 1 },
] as const;

/** The houses of a zone's clients on their islet, with lit windows by night. */
export function paintHouses(brush: CanvasRenderingContext2D, palette: Palette, islet: Land, unit: number): void {
  const { centre, radiusX, radiusY } = islet;
  if (palette.theme === "night") {
    const warmth = brush.createRadialGradient(centre.x, centre.y, 2, centre.x, centre.y, radiusX * 0.8);
    warmth.addColorStop(0, faded(palette.lamp, 0.34));
    warmth.addColorStop(1, faded(palette.lamp, 0));
    brush.save();
    brush.translate(0, centre.y * (1 - radiusY / radiusX));
    brush.scale(1, radiusY / radiusX);
    brush.fillStyle = warmth;
    brush.fillRect(centre.x - radiusX, centre.y - radiusX, radiusX * 2, radiusX * 2);
    brush.restore();
  }
  for (const house of HOUSES) {
    brush.save();
    brush.translate(centre.x + house.x * unit, centre.y + house.y * unit);
    brush.scale(house.size * unit, house.size * unit);
    paintHouse(brush, palette);
    brush.restore();
  }
}

function paintHouse(brush: CanvasRenderingContext2D, palette: Palette): void {
  brush.fillStyle = palette.house;
  brush.strokeStyle = palette.outline;
  brush.lineWidth = 1.1;
  brush.beginPath();
  brush.rect(-5.4, -5, 10.8, 8.6);
  brush.fill();
  brush.stroke();
  brush.fillStyle = palette.roof;
  brush.fill(new Path2D("M-7.6 -4.6 L0 -11.4 L7.6 -4.6 Z"));
  brush.fillStyle = palette.window;
  brush.fillRect(-3.2, -2.4, 2.4, 3.6);
  brush.fillRect(0.9, -2.4, 2.4, 3.6);
}

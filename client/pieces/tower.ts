import { faded, type Palette } from "./palette.ts";
import type { Mark } from "./markSheet.ts";

/** A tower has five courses, which stand for its log from the bottom up; at most four can be missing. */
export const COURSES = 5;
/** Height of the lantern's middle above the base: where the beam and the glow start, in chart units. */
export const LANTERN_HEIGHT = 61;
/** Height of the whole lighthouse without its pennant, in chart units. */
export const TOWER_HEIGHT = 82;

const COURSE = 10.2;
/** Height of the gallery, on which the lantern stands, in chart units. */
export const GALLERY = COURSES * COURSE;
const BASE_HALF = 13;
const TOP_HALF = 9.2;
/** How far any tower reaches from the middle of its foot, in chart units. */
export const TOWER_EXTENT = { left: -24, top: -86, right: 24, bottom: 9 } as const;

/** How a lamp burns: lit, at half strength because the node is slow, or covered because it serves nothing. */
export type Lamp = "lit" | "half" | "covered";

/** Standing towers, by lamp and missing courses. */
export function towerMarks(palette: Palette): Mark[] {
  return (["lit", "half", "covered"] as const).flatMap((lamp) =>
    Array.from({ length: COURSES }, (_, missing): Mark => ({
      name: towerMark(lamp, missing),
      ...TOWER_EXTENT,
      paint: (brush) => {
        paintFoot(brush, palette);
        paintBody(brush, palette, missing);
        paintLantern(brush, palette, lamp);
        paintCap(brush, palette.cap, palette.outline);
      },
    })),
  );
}

/** The name of the mark of a standing tower. */
export function towerMark(lamp: Lamp, missing: number): string {
  return `tower-${lamp}-${missing}`;
}

/** Half the tower's width at a height above the base. */
function halfAt(height: number): number {
  return BASE_HALF + ((TOP_HALF - BASE_HALF) * height) / GALLERY;
}

/** The outline of one course, counted from the base. */
export function course(at: number): Path2D {
  const low = at * COURSE;
  const high = low + COURSE;
  const path = new Path2D();
  path.moveTo(-halfAt(low), -low);
  path.lineTo(-halfAt(high), -high);
  path.lineTo(halfAt(high), -high);
  path.lineTo(halfAt(low), -low);
  path.closePath();
  return path;
}

function shadedSide(at: number): Path2D {
  const low = at * COURSE;
  const high = low + COURSE;
  const path = new Path2D();
  path.moveTo(halfAt(low) * 0.32, -low);
  path.lineTo(halfAt(high) * 0.32, -high);
  path.lineTo(halfAt(high), -high);
  path.lineTo(halfAt(low), -low);
  path.closePath();
  return path;
}

/** The shadow at the foot. */
export function paintFoot(brush: CanvasRenderingContext2D, palette: Palette): void {
  brush.fillStyle = faded(palette.shadow, palette.theme === "night" ? 0.92 : 0.8);
  brush.beginPath();
  brush.ellipse(0, 1.5, 20, 6.2, 0, 0, Math.PI * 2);
  brush.fill();
}

/** The courses, the missing ones dashed, with door and gallery. */
export function paintBody(brush: CanvasRenderingContext2D, palette: Palette, missing: number): void {
  brush.lineWidth = 1.5;
  brush.lineJoin = "round";
  for (let at = 0; at < COURSES; at += 1) {
    const there = at < COURSES - missing;
    const light = at % 2 === 0;
    brush.fillStyle = there ? (light ? palette.stone : palette.stripe) : palette.gap;
    brush.fill(course(at));
    if (there) {
      brush.fillStyle = light ? palette.stoneShade : palette.stripeShade;
      brush.fill(shadedSide(at));
    }
    brush.strokeStyle = there ? palette.outline : palette.ghost;
    brush.setLineDash(there ? [] : [3, 2.4]);
    brush.stroke(course(at));
  }
  brush.setLineDash([]);
  brush.fillStyle = palette.outline;
  brush.beginPath();
  brush.roundRect(-3.4, -9.4, 6.8, 9.4, [3, 3, 0, 0]);
  brush.fill();
  brush.fillStyle = palette.gallery;
  brush.strokeStyle = palette.outline;
  brush.lineWidth = 1.3;
  brush.beginPath();
  brush.roundRect(-12.4, -GALLERY - 4, 24.8, 4.2, 1.4);
  brush.fill();
  brush.stroke();
}

/** The lantern room with its lamp. */
export function paintLantern(brush: CanvasRenderingContext2D, palette: Palette, lamp: Lamp): void {
  const top = -GALLERY - 16.6;
  const glass = brush.createLinearGradient(0, top, 0, -GALLERY - 4);
  const lit = palette.theme === "night" ? ["#FFE7A6", "#FFF8E2"] : ["#FFC53A", "#FFE28C"];
  glass.addColorStop(0, lamp === "lit" ? (lit[0] ?? "") : lamp === "half" ? "#A9762A" : palette.lampOff);
  glass.addColorStop(1, lamp === "lit" ? (lit[1] ?? "") : lamp === "half" ? "#C08A33" : palette.lampOff);
  brush.fillStyle = glass;
  brush.strokeStyle = palette.outline;
  brush.lineWidth = 1.4;
  brush.beginPath();
  brush.rect(-7.8, top, 15.6, 12.4);
  brush.fill();
  brush.stroke();
  brush.lineWidth = 1.1;
  for (const x of [-3.9, 0, 3.9]) {
    brush.beginPath();
    brush.moveTo(x, top);
    brush.lineTo(x, top + 12.4);
    brush.stroke();
  }
}

/** The domed cap with its finial; drawn with the middle of its rim at the lantern's top. */
export function paintCap(brush: CanvasRenderingContext2D, fill: string, line: string): void {
  const rim = -GALLERY - 16.6;
  brush.strokeStyle = line;
  brush.lineWidth = 1.4;
  brush.lineJoin = "round";
  brush.fillStyle = fill;
  brush.beginPath();
  brush.rect(-0.9, rim - 15.2, 1.8, 5);
  brush.fill();
  brush.beginPath();
  brush.moveTo(-9.6, rim);
  brush.bezierCurveTo(-9.6, rim - 6.4, -5.4, rim - 11, 0, rim - 11);
  brush.bezierCurveTo(5.4, rim - 11, 9.6, rim - 6.4, 9.6, rim);
  brush.closePath();
  brush.fill();
  brush.stroke();
}

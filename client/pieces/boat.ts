import type { Mark } from "./markSheet.ts";
import { faded, type Palette } from "./palette.ts";

/** What a boat carries: a read is hollow, a write is filled, replication carries a course of the log. */
export type Cargo = "read" | "write" | "log";

const BOAT = { left: -28, top: -31, right: 28, bottom: 7 } as const;
const HULL = "M-11.5 -8 H11.5 C10.6 -2.6 8.4 0 4.6 0 H-4.6 C-8.4 0 -10.6 -2.6 -11.5 -8 Z";

/**
 * Every boat mark: at sea, the lantern that its crew carries over land, the boat turned away (outline, struck through),
 * the lantern gone out on land and the wreck of a lost one (hull in two, hatched, cross). All share one frame size, so changing the mark is cheap.
 */
export function boatMarks(palette: Palette): Mark[] {
  const mark = (name: string, paint: (brush: CanvasRenderingContext2D) => void): Mark => ({ name, ...BOAT, paint });
  const cargoes: readonly Cargo[] = ["read", "write", "log"];
  return [
    ...cargoes.map((cargo) => mark(`boat-${cargo}`, (brush) => paintBoat(brush, palette, cargo))),
    ...cargoes.map((cargo) =>
      mark(`retry-${cargo}`, (brush) => {
        paintBoat(brush, palette, cargo);
        paintRetry(brush, palette);
      }),
    ),
    ...cargoes.map((cargo) => mark(`lantern-${cargo}`, (brush) => paintLandLantern(brush, palette, cargo))),
    mark("snuffed", (brush) => paintSnuffed(brush, palette)),
    mark("refused", (brush) => paintRefused(brush, palette)),
    mark("wreck", (brush) => paintWreck(brush, palette)),
  ];
}

/** A boat at rest, as drawn at sea and in the legend. */
function paintBoat(brush: CanvasRenderingContext2D, palette: Palette, cargo: Cargo): void {
  paintWake(brush, palette);
  brush.lineJoin = "round";
  if (cargo === "read") paintHollow(brush, palette.read, palette.hollow);
  if (cargo === "write") paintFilled(brush, palette);
  if (cargo === "log") paintBarge(brush, palette);
}

function paintWake(brush: CanvasRenderingContext2D, palette: Palette): void {
  brush.strokeStyle = faded(palette.route, 0.75);
  brush.lineWidth = 1.3;
  brush.lineCap = "round";
  brush.stroke(new Path2D("M-26 -4 Q-20 -6.4 -14 -3.6 M-23 2 Q-18 -1.6 -13 -1"));
}

function paintHollow(brush: CanvasRenderingContext2D, line: string, inside: string): void {
  brush.fillStyle = inside;
  brush.strokeStyle = line;
  brush.lineWidth = 2.2;
  const hull = new Path2D(HULL);
  brush.fill(hull);
  brush.stroke(hull);
  brush.beginPath();
  brush.roundRect(-4.8, -20, 9.6, 11, 4.6);
  brush.fill();
  brush.stroke();
}

function paintFilled(brush: CanvasRenderingContext2D, palette: Palette): void {
  const night = palette.theme === "night";
  if (night) {
    const glow = brush.createRadialGradient(0, -14, 2, 0, -14, 16);
    glow.addColorStop(0, faded(palette.lamp, 0.6));
    glow.addColorStop(1, faded(palette.lamp, 0));
    brush.fillStyle = glow;
    brush.fillRect(-16, -30, 32, 32);
  }
  brush.fillStyle = palette.write;
  brush.strokeStyle = night ? palette.outline : palette.halo;
  brush.lineWidth = 1.2;
  const hull = new Path2D(HULL);
  brush.stroke(hull);
  brush.fill(hull);
  brush.fillRect(-0.9, -10, 1.8, 3);
  brush.beginPath();
  brush.roundRect(-5.4, -20.6, 10.8, 11.8, 4.8);
  brush.fill();
  if (!night) return;
  brush.fillStyle = palette.lampCore;
  brush.beginPath();
  brush.roundRect(-3.6, -18.8, 7.2, 8.4, 3.4);
  brush.fill();
}

/** A flat barge with one course of a tower on it: a log entry on its way to a replica. */
function paintBarge(brush: CanvasRenderingContext2D, palette: Palette): void {
  brush.fillStyle = palette.stripe;
  brush.strokeStyle = palette.outline;
  brush.lineWidth = 1.2;
  const barge = new Path2D("M-9 -5 H9 L7 0 H-7 Z");
  brush.fill(barge);
  brush.stroke(barge);
  paintCourse(brush, palette, -5);
}

function paintCourse(brush: CanvasRenderingContext2D, palette: Palette, foot: number): void {
  brush.fillStyle = palette.stone;
  brush.strokeStyle = palette.outline;
  brush.lineWidth = 1.2;
  brush.beginPath();
  brush.roundRect(-5, foot - 7, 10, 7, 1);
  brush.fill();
  brush.stroke();
}

function paintLandLantern(brush: CanvasRenderingContext2D, palette: Palette, cargo: Cargo): void {
  if (cargo === "log") {
    brush.scale(0.8, 0.8);
    paintCourse(brush, palette, 0);
    return;
  }
  const filled = cargo === "write";
  brush.strokeStyle = filled ? palette.outline : palette.read;
  brush.fillStyle = filled ? palette.write : palette.hollow;
  brush.lineWidth = filled ? 1 : 1.8;
  brush.beginPath();
  brush.arc(0, -4, filled ? 4 : 3.6, 0, Math.PI * 2);
  brush.fill();
  brush.stroke();
}

/** A lantern that went out on land: hollow, struck through. */
function paintSnuffed(brush: CanvasRenderingContext2D, palette: Palette): void {
  brush.strokeStyle = palette.error;
  brush.fillStyle = palette.hollow;
  brush.lineWidth = 2;
  brush.lineCap = "round";
  brush.beginPath();
  brush.arc(0, -5, 4.4, 0, Math.PI * 2);
  brush.fill();
  brush.stroke();
  brush.stroke(new Path2D("M-6 1 L6 -11"));
}

/** The dashed arc with an arrow over a boat that sails again. */
function paintRetry(brush: CanvasRenderingContext2D, palette: Palette): void {
  brush.strokeStyle = palette.ink;
  brush.fillStyle = palette.ink;
  brush.lineWidth = 2;
  brush.setLineDash([3.4, 2.4]);
  brush.beginPath();
  brush.arc(0, -13, 14, Math.PI * 1.02, Math.PI * 1.68);
  brush.stroke();
  brush.setLineDash([]);
  brush.fill(new Path2D("M8.4 -29.6 L18.6 -24.6 L9.8 -18.6 Z"));
}

function paintRefused(brush: CanvasRenderingContext2D, palette: Palette): void {
  brush.lineJoin = "round";
  paintHollow(brush, palette.error, palette.hollow);
  brush.strokeStyle = palette.error;
  brush.lineWidth = 2.6;
  brush.lineCap = "round";
  brush.stroke(new Path2D("M-12 2 L12 -22"));
}

function paintWreck(brush: CanvasRenderingContext2D, palette: Palette): void {
  brush.strokeStyle = faded(palette.error, 0.6);
  brush.lineWidth = 1.5;
  brush.beginPath();
  brush.ellipse(0, 0.5, 16, 4.6, 0, 0, Math.PI * 2);
  brush.stroke();
  brush.strokeStyle = palette.error;
  brush.fillStyle = palette.theme === "night" ? palette.hollow : palette.halo;
  brush.lineWidth = 2;
  brush.lineJoin = "round";
  brush.lineCap = "round";
  const halves = new Path2D(
    "M-13 -11 L-2.6 -7.4 L-5.4 -4.6 L-3.4 -1 C-9 -0.4 -12.6 -3.4 -13 -11 Z M13 -11 L4.6 -9 L6.4 -5.6 L3.8 -1 C9 -0.4 12.6 -3.4 13 -11 Z",
  );
  brush.fill(halves);
  brush.stroke(halves);
  brush.lineWidth = 1.3;
  brush.stroke(new Path2D("M-11.4 -5.6 L-6 -8.4 M-9.4 -2.4 L-5 -5.4 M10.8 -4.4 L6.6 -8.4 M8.4 -1.8 L5.8 -4.6"));
  brush.lineWidth = 2.8;
  brush.stroke(new Path2D("M-4.4 -22.4 L4.4 -13.6 M4.4 -22.4 L-4.4 -13.6"));
}

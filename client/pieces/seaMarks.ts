import type { Mark } from "./markSheet.ts";
import { faded, type Palette } from "./palette.ts";

/** Small marks that float on the water or hang over a place: wave, buoy, ping rings, repair crew. */
export function seaMarks(palette: Palette): Mark[] {
  return [
    { name: "wave", left: -12, top: -5, right: 12, bottom: 5, paint: (brush) => paintWave(brush, palette) },
    { name: "buoy", left: -20, top: -32, right: 20, bottom: 8, paint: (brush) => paintBuoy(brush, palette) },
    { name: "ping-core", left: -34, top: -34, right: 34, bottom: 34, paint: (brush) => paintPingCore(brush, palette) },
    { name: "ping-ring", left: -34, top: -34, right: 34, bottom: 34, paint: (brush) => paintPingRing(brush, palette) },
    { name: "crew", left: -22, top: -30, right: 22, bottom: 8, paint: (brush) => paintCrew(brush, palette) },
  ];
}

function paintWave(brush: CanvasRenderingContext2D, palette: Palette): void {
  brush.strokeStyle = palette.wave;
  brush.lineWidth = 1.3;
  brush.lineCap = "round";
  brush.stroke(new Path2D("M-9 1.4 C-7 -2.6 -3.6 -3 -1 0 C1.6 3 5 2.6 9 -0.4"));
}

/** A conical red buoy with a white band and a cross for its topmark, leaning a little on its ring of water. */
function paintBuoy(brush: CanvasRenderingContext2D, palette: Palette): void {
  brush.strokeStyle = faded(palette.buoy, 0.75);
  brush.lineWidth = 1.5;
  brush.beginPath();
  brush.ellipse(0, 0, 17, 5, 0, 0, Math.PI * 2);
  brush.stroke();
  brush.rotate(0.09);
  brush.lineJoin = "round";
  brush.lineCap = "round";
  const body = new Path2D("M-4.6 -17 H4.6 L8.6 0 C4 2.2 -4 2.2 -8.6 0 Z");
  brush.fillStyle = palette.buoy;
  brush.fill(body);
  brush.save();
  brush.clip(body);
  brush.fillStyle = palette.theme === "night" ? "#FFF1EC" : "#FFFFFF";
  brush.fillRect(-12, -9.4, 24, 5);
  brush.restore();
  brush.strokeStyle = palette.outline;
  brush.lineWidth = 1.5;
  brush.stroke(body);
  brush.strokeStyle = palette.buoy;
  brush.lineWidth = 1.8;
  brush.stroke(new Path2D("M0 -17 V-20"));
  brush.lineWidth = 3;
  brush.stroke(new Path2D("M-4.6 -29.6 L4.6 -20.8 M4.6 -29.6 L-4.6 -20.8"));
}

function paintPingCore(brush: CanvasRenderingContext2D, palette: Palette): void {
  brush.strokeStyle = palette.ok;
  brush.fillStyle = palette.ok;
  brush.lineWidth = 2.6;
  brush.beginPath();
  brush.arc(0, 0, 25, 0, Math.PI * 2);
  brush.stroke();
}

function paintPingRing(brush: CanvasRenderingContext2D, palette: Palette): void {
  brush.strokeStyle = palette.ok;
  brush.lineWidth = 1.6;
  brush.beginPath();
  brush.arc(0, 0, 32, 0, Math.PI * 2);
  brush.stroke();
}

/** The repair crew's tug with its derrick. */
function paintCrew(brush: CanvasRenderingContext2D, palette: Palette): void {
  brush.lineJoin = "round";
  brush.lineCap = "round";
  brush.strokeStyle = palette.outline;
  brush.lineWidth = 1.4;
  brush.fillStyle = palette.railing;
  const hull = new Path2D("M-16 -8 H16 C15 -2.6 12 0 8 0 H-8 C-12 0 -15 -2.6 -16 -8 Z");
  brush.fill(hull);
  brush.stroke(hull);
  brush.fillStyle = palette.stone;
  brush.beginPath();
  brush.rect(-11, -16, 10, 8);
  brush.fill();
  brush.stroke();
  brush.fillStyle = palette.theme === "night" ? palette.window : palette.stripe;
  brush.fillRect(-8.6, -14, 5.2, 3.6);
  brush.strokeStyle = palette.railing;
  brush.lineWidth = 2.2;
  brush.stroke(new Path2D("M5 -8 L12 -25 M12 -25 L17 -14"));
  brush.lineWidth = 1.4;
  brush.stroke(new Path2D("M1 -9 L12 -25"));
}

import type { Mark } from "./markSheet.ts";
import { faded, type Palette } from "./palette.ts";
import { SERIF } from "./stage.ts";
import { course, COURSES, GALLERY, paintBody, paintCap, paintFoot, paintLantern, TOWER_EXTENT } from "./tower.ts";

/** Towers that do not serve: crashed (its cap is a mark of its own, so that it can tip), unknown, and switched off. */
export function ruinMarks(palette: Palette): Mark[] {
  const cap = { left: -13, top: -16, right: 13, bottom: 4 } as const;
  return [
    { name: "tower-crashed", ...TOWER_EXTENT, paint: (brush) => paintCrashed(brush, palette) },
    { name: "tower-unknown", ...TOWER_EXTENT, paint: (brush) => paintUnknown(brush, palette) },
    { name: "tower-off", ...TOWER_EXTENT, paint: (brush) => paintOff(brush, palette) },
    { name: "cap-fallen", ...cap, paint: (brush) => paintFallenCap(brush, palette) },
  ];
}

function paintFallenCap(brush: CanvasRenderingContext2D, palette: Palette): void {
  brush.translate(0, GALLERY + 16.6);
  paintCap(brush, palette.ruin, palette.ruinLine);
}

function paintCrashed(brush: CanvasRenderingContext2D, palette: Palette): void {
  paintFoot(brush, palette);
  brush.lineJoin = "round";
  brush.lineCap = "round";
  brush.strokeStyle = palette.ruinLine;
  brush.lineWidth = 1.4;
  for (let at = 0; at < COURSES; at += 1) {
    brush.fillStyle = palette.ruin;
    brush.fill(course(at));
    brush.fillStyle = faded(
      palette.outline,
      palette.theme === "night" ? (at % 2 === 0 ? 0.1 : 0.35) : at % 2 === 0 ? 0 : 0.16,
    );
    brush.fill(course(at));
    brush.stroke(course(at));
  }
  brush.fillStyle = palette.ruin;
  brush.beginPath();
  brush.roundRect(-12.4, -GALLERY - 4, 24.8, 4.2, 1.4);
  brush.fill();
  brush.stroke();
  brush.beginPath();
  brush.rect(-7.8, -GALLERY - 16.6, 15.6, 12.4);
  brush.stroke();
  brush.strokeStyle = palette.error;
  brush.lineWidth = 2.6;
  brush.stroke(
    new Path2D(`M-4.6 ${-GALLERY - 14.8} L4.6 ${-GALLERY - 5.8} M4.6 ${-GALLERY - 14.8} L-4.6 ${-GALLERY - 5.8}`),
  );
  brush.strokeStyle = palette.theme === "night" ? palette.outline : palette.ink;
  brush.lineWidth = 2;
  brush.lineJoin = "miter";
  brush.stroke(new Path2D("M-2 -48 L2 -40 L-3 -33 L3 -25 L0 -17"));
}

function paintUnknown(brush: CanvasRenderingContext2D, palette: Palette): void {
  brush.strokeStyle = palette.ghost;
  brush.lineWidth = 1.5;
  brush.setLineDash([3, 2.4]);
  brush.fillStyle = faded(palette.theme === "night" ? palette.land : palette.halo, 0.5);
  for (let at = 0; at < COURSES; at += 1) {
    brush.fill(course(at));
    brush.stroke(course(at));
  }
  brush.beginPath();
  brush.rect(-12.4, -GALLERY - 4, 24.8, 4.2);
  brush.rect(-7.8, -GALLERY - 16.6, 15.6, 12.4);
  brush.stroke();
  paintCap(brush, "transparent", palette.ghost);
  brush.setLineDash([]);
  brush.font = `600 20px ${SERIF}`;
  brush.textAlign = "center";
  brush.textBaseline = "middle";
  brush.lineWidth = 5;
  brush.lineJoin = "round";
  brush.strokeStyle = palette.theme === "night" ? palette.land : palette.land;
  brush.strokeText("?", 0, -24);
  brush.fillStyle = palette.ink;
  brush.fillText("?", 0, -24);
}

/** Switched off: a pale tower that costs nothing and serves nothing. */
function paintOff(brush: CanvasRenderingContext2D, palette: Palette): void {
  brush.globalAlpha = 0.5;
  paintFoot(brush, palette);
  paintBody(brush, palette, 0);
  paintLantern(brush, palette, "covered");
  paintCap(brush, palette.ruin, palette.outline);
}

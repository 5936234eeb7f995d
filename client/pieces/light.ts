import type { Mark } from "./markSheet.ts";
import { faded, type Palette } from "./palette.ts";

/** Reach of a leader's beam in chart units, where fog or the chart's edge does not end it sooner. */
export const BEAM_REACH = 250;
const REAR_REACH = 84;
const BEAM_HALF = 42;
/** Radius of the glow round a lit lamp, in chart units. */
const GLOW_RADIUS = 40;

/** Lamp light by night is added to what it falls on; a redder amber keeps it warm over green land. */
const WARM = "#FFB65C";

/** The light of lamps: the glow round every lit one and the beam of a leader, pointing right from its origin. */
export function lightMarks(palette: Palette): Mark[] {
  return [
    {
      name: "glow",
      left: -GLOW_RADIUS,
      top: -GLOW_RADIUS,
      right: GLOW_RADIUS,
      bottom: GLOW_RADIUS,
      paint: (brush) => {
        const night = palette.theme === "night";
        const light = brush.createRadialGradient(0, 0, 3, 0, 0, GLOW_RADIUS);
        const colour = night ? WARM : palette.lamp;
        for (const [share, strength] of [
          [0, 0.72],
          [0.28, 0.42],
          [0.62, 0.15],
          [1, 0],
        ] as const)
          light.addColorStop(share, faded(colour, strength));
        brush.fillStyle = light;
        brush.fillRect(-GLOW_RADIUS, -GLOW_RADIUS, GLOW_RADIUS * 2, GLOW_RADIUS * 2);
      },
    },
    {
      name: "beam",
      left: -REAR_REACH,
      top: -BEAM_HALF - 8,
      right: BEAM_REACH,
      bottom: BEAM_HALF + 8,
      paint: (brush) => (palette.theme === "night" ? paintNightBeam(brush, palette) : paintDayBeam(brush, palette)),
    },
  ];
}

/** Cones laid over each other from wide and faint to narrow and bright, so that the edges are soft without a filter. */
function paintNightBeam(brush: CanvasRenderingContext2D, palette: Palette): void {
  const cones = 14;
  for (let at = 0; at < cones; at += 1) {
    const width = 1 - at / cones;
    paintCone(
      brush,
      BEAM_REACH * (1 - 0.12 * (1 - width)),
      BEAM_HALF * width + 1,
      fallingLight(brush, palette, BEAM_REACH, 0.1),
    );
    paintCone(brush, -REAR_REACH, BEAM_HALF * 0.42 * width + 1, fallingLight(brush, palette, -REAR_REACH, 0.07));
  }
}

function paintDayBeam(brush: CanvasRenderingContext2D, palette: Palette): void {
  paintCone(brush, BEAM_REACH, BEAM_HALF, fallingLight(brush, palette, BEAM_REACH, 0.62));
  paintCone(brush, -REAR_REACH, BEAM_HALF * 0.42, fallingLight(brush, palette, -REAR_REACH, 0.42));
  const edge = brush.createLinearGradient(0, 0, BEAM_REACH, 0);
  edge.addColorStop(0, faded(palette.outline, 0.75));
  edge.addColorStop(0.75, faded(palette.outline, 0.55));
  edge.addColorStop(1, faded(palette.outline, 0));
  brush.strokeStyle = edge;
  brush.lineWidth = 1.1;
  brush.setLineDash([6, 4]);
  brush.stroke(new Path2D(`M8 1.4 L${BEAM_REACH} ${BEAM_HALF} M8 -1.4 L${BEAM_REACH} ${-BEAM_HALF}`));
  brush.setLineDash([]);
}

function paintCone(brush: CanvasRenderingContext2D, reach: number, half: number, light: CanvasGradient): void {
  brush.fillStyle = light;
  brush.beginPath();
  brush.moveTo(0, -1.5);
  brush.lineTo(reach, -half);
  brush.quadraticCurveTo(reach * 1.03, 0, reach, half);
  brush.lineTo(0, 1.5);
  brush.closePath();
  brush.fill();
}

function fallingLight(
  brush: CanvasRenderingContext2D,
  palette: Palette,
  reach: number,
  strength: number,
): CanvasGradient {
  const light = brush.createLinearGradient(0, 0, reach, 0);
  const night = palette.theme === "night";
  const colour = night ? WARM : palette.lamp;
  const core = night ? "#FFE2B4" : palette.lamp;
  light.addColorStop(0, faded(core, Math.min(1, strength * 1.6)));
  light.addColorStop(0.16, faded(colour, strength * 1.15));
  light.addColorStop(0.55, faded(colour, strength * 0.62));
  light.addColorStop(1, faded(colour, 0));
  return light;
}

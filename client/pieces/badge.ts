import type { Mark } from "./markSheet.ts";
import type { Palette } from "./palette.ts";

const EXTENT = { left: -11, top: -11, right: 11, bottom: 11 } as const;

/** Round badges beside a tower: slow (hourglass), restarting (turning arrow), drained (no entry). */
export function badgeMarks(palette: Palette): Mark[] {
  const badge = (name: string, sign: (brush: CanvasRenderingContext2D) => void): Mark => ({
    name,
    ...EXTENT,
    paint: (brush) => {
      brush.fillStyle = palette.theme === "night" ? "#1B3440" : palette.plate;
      brush.strokeStyle = palette.theme === "night" ? palette.ink2 : palette.outline;
      brush.lineWidth = 1.5;
      brush.beginPath();
      brush.arc(0, 0, 9.4, 0, Math.PI * 2);
      brush.fill();
      brush.stroke();
      brush.strokeStyle = palette.ink;
      brush.fillStyle = palette.ink;
      brush.lineWidth = 1.6;
      brush.lineJoin = "round";
      brush.lineCap = "round";
      sign(brush);
    },
  });
  return [
    badge("badge-slow", (brush) => {
      brush.stroke(
        new Path2D(
          "M-4 -5 H4 M-4 5 H4 M-3 -5 C-3 -2 -0.6 -1 0 0 C0.6 1 3 2 3 5 M3 -5 C3 -2 0.6 -1 0 0 C-0.6 1 -3 2 -3 5",
        ),
      );
      brush.fill(new Path2D("M-2.4 4.6 L0 1.6 L2.4 4.6 Z"));
    }),
    badge("badge-restarting", (brush) => {
      brush.beginPath();
      brush.arc(0, 0, 4.8, -2.2, 2.6);
      brush.stroke();
      brush.fill(new Path2D("M-7 -4.6 L-1 -6.6 L-2.2 -0.8 Z"));
    }),
    badge("badge-drained", (brush) => {
      brush.lineWidth = 3.4;
      brush.lineCap = "butt";
      brush.stroke(new Path2D("M-5.2 0 H5.2"));
    }),
    {
      name: "flicker",
      left: -22,
      top: -76,
      right: 22,
      bottom: -44,
      paint: (brush) => {
        brush.strokeStyle = palette.theme === "night" ? palette.lamp : "#B87400";
        brush.lineWidth = 2;
        brush.lineCap = "round";
        brush.stroke(new Path2D("M-16 -72 q4 4 0 8 M-16 -56 q4 4 0 8 M16 -72 q-4 4 0 8 M16 -56 q-4 4 0 8"));
      },
    },
  ];
}

/** The railing round the base of a fenced node. */
export function railingMark(palette: Palette): Mark {
  return {
    name: "railing",
    left: -30,
    top: -18,
    right: 30,
    bottom: 14,
    paint: (brush) => {
      brush.strokeStyle = palette.railing;
      brush.lineCap = "round";
      brush.lineWidth = 2;
      brush.stroke(new Path2D("M-26 -6 Q0 5 26 -6 M-26 1 Q0 12 26 1"));
      brush.lineWidth = 2.4;
      brush.stroke(new Path2D("M-25 -13 V5 M-13 -9 V9 M0 -7 V11 M13 -9 V9 M25 -13 V5"));
    },
  };
}

/** The pennant of a leader or primary; its origin is the foot of its staff on the cap. */
export function pennantMark(palette: Palette): Mark {
  return {
    name: "pennant",
    left: -3,
    top: -29,
    right: 30,
    bottom: 2,
    paint: (brush) => {
      brush.strokeStyle = palette.theme === "night" ? palette.stone : palette.outline;
      brush.lineWidth = 2;
      brush.stroke(new Path2D("M0 0 V-27"));
      brush.fillStyle = palette.lamp;
      brush.strokeStyle = palette.outline;
      brush.lineWidth = 1.4;
      brush.lineJoin = "round";
      const flag = new Path2D("M1.4 -26.6 L26 -20 L1.4 -13.4 L5.6 -20 Z");
      brush.fill(flag);
      brush.stroke(flag);
    },
  };
}

/** The dashed ring at the base of the nodes that hold the selected store. */
export function ringMark(palette: Palette): Mark {
  return {
    name: "ring",
    left: -33,
    top: -14,
    right: 33,
    bottom: 16,
    paint: (brush) => {
      brush.strokeStyle = palette.select;
      brush.lineWidth = 2.2;
      brush.setLineDash([6, 3.6]);
      brush.beginPath();
      brush.ellipse(0, 1.2, 30, 11, 0, 0, Math.PI * 2);
      brush.stroke();
      brush.setLineDash([]);
    },
  };
}

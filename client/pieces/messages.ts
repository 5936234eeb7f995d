import type * as Phaser from "phaser";
import { distance, onTrack, type Point, traced, type Track } from "./curve.ts";
import type { Palette } from "./palette.ts";
import { Plate } from "./plate.ts";
import { painted, type Stage } from "./stage.ts";

/** One message under way as an arrow on the chart. */
export interface MessageArrow {
  readonly track: Track;
  /** What it says; empty where there is no room for a plate. */
  readonly words: string;
  /** The middle of the plate. */
  readonly plateAt: Point;
  /** Where it is lost, as a share of the way; null for one that arrives. */
  readonly endsAt: number | null;
  /** How far it has come, 0 to 1. */
  readonly flown: number;
  readonly kind: "read" | "write";
}

/** The messages under way while a replay stands still: arrows with a plate of words, a lost one dashed and crossed. */
export class Messages {
  private readonly stage: Stage;
  private arrows: Phaser.GameObjects.Image | null = null;
  private plates: Plate[] = [];

  constructor(stage: Stage) {
    this.stage = stage;
  }

  show(messages: readonly MessageArrow[]): void {
    this.arrows?.destroy();
    for (const plate of this.plates) plate.destroy();
    const { stage } = this;
    const area = { key: "messages", left: 0, top: 0, width: stage.width, height: stage.height };
    this.arrows =
      messages.length === 0
        ? null
        : painted(stage, "calls", area, (brush) => {
            for (const message of messages) paintMessage(brush, stage, message);
          });
    this.plates = messages
      .filter(({ words }) => words !== "")
      .map((message) => {
        const plate = new Plate(stage, "calls", {
          lines: [{ size: stage.letters.state, weight: 700, colour: stage.palette.ink }],
          fill: stage.palette.plate,
          rule: colourOf(stage.palette, message),
          padding: 4,
          radius: 7,
        });
        plate.tell([message.words]);
        return plate.setPosition(message.plateAt.x, message.plateAt.y);
      });
  }
}

function colourOf(palette: Palette, { endsAt, kind }: MessageArrow): string {
  return endsAt === null ? palette[kind] : palette.error;
}

function paintMessage(brush: CanvasRenderingContext2D, stage: Stage, message: MessageArrow): void {
  const { track, endsAt, flown } = message;
  const size = Math.max(0.8, Math.min(1.25, stage.unit));
  const whole = endsAt ?? 1;
  const steps = Math.max(2, Math.ceil((track.length * whole) / 6));
  const points = Array.from({ length: steps + 1 }, (_, at) => onTrack(track, (at / steps) * whole));
  const line = traced(points, false);
  brush.save();
  brush.lineCap = "round";
  brush.lineJoin = "round";
  brush.strokeStyle = stage.palette.halo;
  brush.lineWidth = 5.5 * size;
  brush.stroke(line);
  brush.strokeStyle = colourOf(stage.palette, message);
  brush.fillStyle = brush.strokeStyle;
  brush.lineWidth = 2.6 * size;
  if (endsAt !== null) brush.setLineDash([7 * size, 6 * size]);
  brush.stroke(line);
  brush.setLineDash([]);
  paintEnd(brush, onTrack(track, whole), { size, crossed: endsAt !== null });
  const here = onTrack(track, Math.min(flown, whole));
  if (distance(here, onTrack(track, whole)) > 12 * size) {
    brush.beginPath();
    brush.arc(here.x, here.y, 4.6 * size, 0, Math.PI * 2);
    brush.fill();
  }
  brush.restore();
}

/** A tip where it arrives, a cross where it is lost. */
function paintEnd(
  brush: CanvasRenderingContext2D,
  end: ReturnType<typeof onTrack>,
  { size, crossed }: { readonly size: number; readonly crossed: boolean },
): void {
  brush.save();
  brush.translate(end.x, end.y);
  brush.rotate(Math.atan2(end.alongY, end.alongX));
  brush.scale(size, size);
  brush.lineWidth = 3;
  brush.stroke(new Path2D(crossed ? "M-6 -6 L6 6 M6 -6 L-6 6" : "M-11 -7 L0 0 L-11 7"));
  brush.restore();
}

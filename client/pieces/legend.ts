import type * as Phaser from "phaser";
import type { Box } from "./curve.ts";
import { painted, SANS, type Stage } from "./stage.ts";

const ENTRIES = [
  { mark: "boat-read", words: "read" },
  { mark: "boat-write", words: "write" },
  { mark: "retry-write", words: "retry" },
  { mark: "wreck", words: "error" },
  { mark: "buoy", words: "wrong answer" },
] as const;

const HEIGHT = 36;

/** The strip that names the boats, in a corner of the chart. On a phone there is none: the page explains the marks. */
export class Legend {
  private readonly stage: Stage;
  private readonly box: Box;
  private image: Phaser.GameObjects.Image;
  private marks: Phaser.GameObjects.Image[] = [];
  private standsFor = 1;

  constructor(stage: Stage, box: Box) {
    this.stage = stage;
    this.box = box;
    this.image = this.draw();
  }

  /** Says once that on busy routes one boat stands for many requests. */
  tell(standsFor: number): void {
    if (standsFor <= this.standsFor) return;
    this.standsFor = standsFor;
    this.image.destroy();
    for (const mark of this.marks) mark.destroy();
    this.marks = [];
    this.image = this.draw();
  }

  private draw(): Phaser.GameObjects.Image {
    const { stage, box } = this;
    const { unit, palette } = stage;
    const size = Math.max(14, Math.round(13.5 * unit));
    const note = this.standsFor > 1 ? `1 boat = ${this.standsFor} where busy` : "";
    const widths = entryWidths(size);
    const iconRoom = 34 * unit;
    const gap = 14 * unit;
    const noteWidth = note === "" ? 0 : wordsWidth(note, size) + gap;
    const width = widths.reduce((sum, entry) => sum + entry + iconRoom + gap, gap) + noteWidth;
    const height = HEIGHT * unit;
    const left = box.right - width;
    const top = box.bottom - height;
    const image = painted(stage, "badges", { key: `legend-${this.standsFor}`, left, top, width, height }, (brush) => {
      brush.globalAlpha = 0.86;
      brush.fillStyle = palette.plate;
      brush.beginPath();
      brush.roundRect(left, top, width, height, 10 * unit);
      brush.fill();
      brush.globalAlpha = 1;
      brush.font = `500 ${size}px ${SANS}`;
      brush.textBaseline = "middle";
      brush.fillStyle = palette.ink2;
      let x = left + gap;
      for (const [at, entry] of ENTRIES.entries()) {
        brush.fillText(entry.words, x + iconRoom, top + height / 2);
        x += iconRoom + (widths[at] ?? 0) + gap;
      }
      if (note !== "") brush.fillText(note, x, top + height / 2);
    });
    stage.layers.badges.sendToBack(image);
    let x = left + gap;
    for (const [at, entry] of ENTRIES.entries()) {
      const mark = stage.marks.image(stage.layers.badges, entry.mark, unit * 0.82);
      this.marks.push(mark.setPosition(x + 15 * unit, top + height * 0.78));
      x += iconRoom + (widths[at] ?? 0) + gap;
    }
    return image;
  }
}

/** Room that the legend takes at its widest, in CSS pixels, so that a free corner can be found for it. */
export function legendRoom(unit: number): { width: number; height: number } {
  return { width: 604 * unit, height: HEIGHT * unit };
}

function entryWidths(size: number): number[] {
  return ENTRIES.map((entry) => wordsWidth(entry.words, size));
}

function wordsWidth(words: string, size: number): number {
  const brush = document.createElement("canvas").getContext("2d");
  if (brush === null) throw new Error("legend: this browser has no 2D canvas");
  brush.font = `500 ${size}px ${SANS}`;
  return brush.measureText(words).width;
}

import type * as Phaser from "phaser";
import type { Box, Point } from "./curve.ts";
import { Plate } from "./plate.ts";
import type { Stage } from "./stage.ts";
import { say, write } from "./words.ts";

/** The lines under a lighthouse, in the order in which they are given room. */
export const CAPTION_LINES = ["name", "failing", "state"] as const;
export type CaptionLine = (typeof CAPTION_LINES)[number];

/** What a caption tells of a node; an empty line is not shown. */
export interface CaptionWords {
  readonly name: string;
  readonly state: string;
  /** Requests that failed here over the last seconds, with the reason, such as "14 queue full". */
  readonly failing: string;
  readonly notable: boolean;
}

/**
 * Name, state and failures under a lighthouse. It only measures and shows its lines: which of them find room on a
 * crowded chart is settled for all captions together.
 */
export class Caption {
  private readonly stage: Stage;
  private readonly top: Point;
  private readonly name: Phaser.GameObjects.Text;
  private state: Phaser.GameObjects.Text | null = null;
  private failing: Plate | null = null;
  private words: CaptionWords = { name: "", state: "", failing: "", notable: false };

  /** `top` is the middle of the caption's upper edge. */
  constructor(stage: Stage, top: Point) {
    this.stage = stage;
    this.top = top;
    this.name = write(stage, "words", { size: stage.letters.name, weight: 700, colour: stage.palette.ink });
  }

  get notable(): boolean {
    return this.words.notable;
  }

  /** Takes new words; true when anything changed, so that room has to be found again. */
  tell(words: CaptionWords): boolean {
    this.words = words;
    const { stage } = this;
    let changed = say(this.name, words.name);
    if (words.state !== "" || this.state !== null) {
      this.state ??= write(stage, "words", { size: stage.letters.state, weight: 500, colour: stage.palette.ink2 });
      changed = say(this.state, words.state) || changed;
    }
    if (words.failing !== "" || this.failing !== null) {
      this.failing ??= new Plate(stage, "badges", { lines: [{ size: stage.letters.state, weight: 650, colour: stage.palette.error }], rule: stage.palette.error, fill: stage.palette.plate, sign: "cross" });
      changed = this.failing.tell([words.failing]) || changed;
    }
    return changed;
  }

  /** The room a line would take below the `above` pixels that earlier lines took; null for an empty line. */
  room(line: CaptionLine, above: number): Box | null {
    if (this.words[line] === "") return null;
    const width = line === "failing" ? (this.failing?.width ?? 0) : (line === "name" ? this.name : this.state)?.width ?? 0;
    const top = this.top.y + above;
    const inset = line === "failing" ? 0 : 3;
    return { left: this.top.x - width / 2 + inset, right: this.top.x + width / 2 - inset, top: top + 1, bottom: top + this.heightOf(line) - 1 };
  }

  /** Height of a line with its share of leading, in CSS pixels. */
  heightOf(line: CaptionLine): number {
    const { letters } = this.stage;
    if (line === "failing") return (this.failing?.height ?? 0) + 3;
    return line === "name" ? letters.name * 1.15 : letters.state * 1.2;
  }

  /** Shows exactly these lines, one under the other: name, state, failures. */
  lay(lines: ReadonlySet<CaptionLine>): void {
    let y = this.top.y;
    for (const line of ["name", "state", "failing"] as const) {
      const shown = lines.has(line);
      const piece = line === "name" ? this.name : line === "state" ? this.state : this.failing;
      piece?.setVisible(shown);
      if (!shown) continue;
      const height = this.heightOf(line);
      piece?.setPosition(this.top.x, y + height / 2);
      y += height;
    }
  }
}

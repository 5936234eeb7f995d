import type * as Phaser from "phaser";
import type { Box, Point } from "./curve.ts";
import { Plate } from "./plate.ts";
import type { Stage } from "./stage.ts";
import { say, write } from "./words.ts";

/** A line under a lighthouse; "brief" is the state line without its details, where the whole does not fit. */
export type CaptionLine = "name" | "state" | "brief" | "failing";

/** What a caption tells of a node; an empty line is not shown. */
export interface CaptionWords {
  readonly name: string;
  readonly state: string;
  /** A shorter form of the state; the same words where there is none. */
  readonly brief: string;
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
  /** The state line as it was last told, whichever form of it is shown. */
  private told = "";
  private words: CaptionWords = { name: "", state: "", brief: "", failing: "", notable: false };

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
    let changed = say(this.name, words.name) || this.told !== words.state;
    this.told = words.state;
    if (words.state !== "" || this.state !== null) {
      this.state ??= write(stage, "words", { size: stage.letters.state, weight: 500, colour: stage.palette.ink2 });
      if (changed) say(this.state, words.state);
    }
    if (words.failing !== "" || this.failing !== null) {
      this.failing ??= new Plate(stage, "badges", {
        lines: [{ size: stage.letters.state, weight: 650, colour: stage.palette.error }],
        rule: stage.palette.error,
        fill: stage.palette.plate,
        sign: "cross",
      });
      changed = this.failing.tell([words.failing]) || changed;
    }
    return changed;
  }

  /** The room a line would take below the `above` pixels that earlier lines took; null for an empty line. */
  room(line: CaptionLine, above: number): Box | null {
    if (this.words[line] === "") return null;
    const width = this.widthOf(line);
    const top = this.top.y + above;
    const inset = line === "failing" ? 0 : line === "name" ? 5 : 2;
    return {
      left: this.top.x - width / 2 + inset,
      right: this.top.x + width / 2 - inset,
      top: top + 1,
      bottom: top + this.heightOf(line) - 1,
    };
  }

  private widthOf(line: CaptionLine): number {
    if (line === "failing") return this.failing?.width ?? 0;
    if (line === "name") return this.name.width;
    const letters = Math.max(1, this.state?.text.length ?? 1);
    return ((this.state?.width ?? 0) * this.words[line].length) / letters;
  }

  /** Height of a line with its share of leading, in CSS pixels. */
  heightOf(line: CaptionLine): number {
    const { letters } = this.stage;
    if (line === "failing") return (this.failing?.height ?? 0) + 3;
    return line === "name" ? letters.name * 1.15 : letters.state * 1.2;
  }

  /** Shows exactly these lines, one under the other: name, state, failures; all of them `dropPx` lower than usual. */
  lay(lines: ReadonlySet<CaptionLine>, dropPx: number): void {
    let y = this.top.y + dropPx;
    if (this.state !== null) say(this.state, lines.has("brief") ? this.words.brief : this.words.state);
    for (const line of ["name", "state", "failing"] as const) {
      const shown = lines.has(line) || (line === "state" && lines.has("brief"));
      const piece = line === "name" ? this.name : line === "state" ? this.state : this.failing;
      piece?.setVisible(shown);
      if (!shown) continue;
      const height = this.heightOf(line);
      piece?.setPosition(this.top.x, y + height / 2);
      y += height;
    }
  }
}

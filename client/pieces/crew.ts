import type * as Phaser from "phaser";
import type { Point } from "./curve.ts";
import { clockText } from "./partitionPlate.ts";
import type { Stage } from "./stage.ts";
import { say, write } from "./words.ts";

/** The repair crew's tug at work on a link, with the time that is left. */
export class Crew {
  private readonly stage: Stage;
  private readonly at: Point;
  private readonly compact: boolean;
  private readonly tug: Phaser.GameObjects.Image;
  private readonly left: Phaser.GameObjects.Text;

  constructor(stage: Stage, at: Point, compact: boolean) {
    this.compact = compact;
    this.stage = stage;
    this.at = at;
    this.tug = stage.marks.image(stage.layers.badges, "crew", Math.max(0.85, stage.unit)).setPosition(at.x, at.y);
    this.left = write(stage, "words", { size: stage.letters.state, weight: 650, colour: stage.palette.ink });
    this.left.setPosition(at.x, at.y + stage.letters.state * 0.95);
  }

  /** `leftMs` of simulated time until the link is repaired; 0 or less sends the tug home. */
  show(leftMs: number): void {
    this.tug.setVisible(leftMs > 0);
    this.left.setVisible(leftMs > 0);
    if (leftMs <= 0) return;
    const time = clockText(Math.ceil(leftMs / 1_000) * 1_000);
    say(this.left, this.compact ? time : `repair ${time}`);
  }

  tick(nowMs: number): void {
    if (this.stage.calm || !this.tug.visible) return;
    this.tug.setPosition(this.at.x, this.at.y + Math.sin(nowMs / 700) * 1.4).setRotation(Math.sin(nowMs / 900) * 0.035);
  }
}

import type * as Phaser from "phaser";
import type { Point } from "./curve.ts";
import { grouped } from "./nodeState.ts";
import { Plate } from "./plate.ts";
import type { Stage } from "./stage.ts";

const BOB_MS = 300;

/** The red buoy moored where wrong answers were given, with their count. */
export class Buoy {
  private readonly stage: Stage;
  private readonly at: Point;
  private readonly image: Phaser.GameObjects.Image;
  private readonly count: Plate;
  private readonly countLeft: number;
  private changedMs = -BOB_MS;
  private wrong = 0;

  constructor(stage: Stage, at: Point) {
    this.stage = stage;
    this.at = at;
    const scale = Math.max(0.85, stage.unit);
    this.image = stage.marks.image(stage.layers.badges, "buoy", scale).setPosition(at.x, at.y);
    const night = stage.palette.theme === "night";
    this.count = new Plate(stage, "badges", {
      lines: [{ size: Math.round(stage.letters.state * 1.05), weight: 800, colour: night ? "#1B0503" : "#FFFFFF" }],
      fill: stage.palette.buoy,
      rule: night ? stage.palette.ink : stage.palette.halo,
      padding: 2,
    });
    this.countLeft = at.x + 11 * scale;
  }

  show(wrong: number, nowMs: number): void {
    if (wrong === this.wrong) return;
    if (this.wrong === 0) this.changedMs = nowMs;
    this.wrong = wrong;
    this.count.tell([grouped(wrong)]);
    this.count.setPosition(this.countLeft + this.count.width / 2, this.at.y - 12 * this.stage.unit);
    this.image.setVisible(wrong > 0);
    this.count.setVisible(wrong > 0);
  }

  /** Surfaces with one bob, then rides the swell. */
  tick(nowMs: number): void {
    if (this.stage.calm || this.wrong === 0) return;
    const since = (nowMs - this.changedMs) / BOB_MS;
    const bob = since < 1 ? Math.sin(since * Math.PI) * -6 + (1 - since) * 8 : Math.sin(nowMs / 900) * 0.8;
    this.image
      .setPosition(this.at.x, this.at.y + bob)
      .setAlpha(Math.min(1, since))
      .setRotation(Math.sin(nowMs / 1_100) * 0.05);
  }
}

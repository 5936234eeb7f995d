import type * as Phaser from "phaser";
import type { Point } from "./curve.ts";
import { Plate } from "./plate.ts";
import type { Stage } from "./stage.ts";

const PULSE_MS = 1_600;

/** A callout of an operator: two green rings round a place and a plate that says who and what. */
export class Ping {
  private readonly stage: Stage;
  private readonly core: Phaser.GameObjects.Image;
  private readonly ring: Phaser.GameObjects.Image;
  private readonly plate: Plate;
  private readonly ringScale: number;

  /** `words` such as "Ada: stale reads". Near the lower edge the plate stands above its place. */
  constructor(stage: Stage, at: Point, words: string) {
    this.stage = stage;
    const scale = Math.max(0.8, stage.unit) * 1.2;
    this.core = stage.marks.image(stage.layers.calls, "ping-core", scale).setPosition(at.x, at.y);
    this.ring = stage.marks.image(stage.layers.calls, "ping-ring", scale).setPosition(at.x, at.y);
    this.ringScale = this.ring.scaleX;
    const below = at.y + 70 * scale < stage.height;
    this.plate = new Plate(stage, "calls", {
      lines: [{ size: stage.letters.state, weight: 650, colour: stage.palette.onOk }],
      fill: stage.palette.ok,
      rule: stage.palette.halo,
      tip: below ? "up" : "down",
      padding: 5,
    });
    this.plate.tell([words]);
    const x = Math.min(stage.width - this.plate.width / 2 - 6, Math.max(this.plate.width / 2 + 6, at.x));
    this.plate.setPosition(x, at.y + (below ? 1 : -1) * (34 * scale + this.plate.height / 2));
  }

  tick(nowMs: number): void {
    if (this.stage.calm) return;
    const pulse = (nowMs % PULSE_MS) / PULSE_MS;
    this.ring.setScale(this.ringScale * (0.8 + 0.3 * pulse)).setAlpha(1 - pulse * 0.85);
  }

  destroy(): void {
    this.core.destroy();
    this.ring.destroy();
    this.plate.destroy();
  }
}

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

  /** `words` such as "Ada: stale reads". `reachPx` is how far the place itself stands up: the plate is put above that. */
  constructor(stage: Stage, at: Point, words: string, reachPx: number) {
    this.stage = stage;
    const scale = Math.max(0.8, stage.unit) * 1.2;
    this.core = stage.marks.image(stage.layers.calls, "ping-core", scale).setPosition(at.x, at.y);
    this.ring = stage.marks.image(stage.layers.calls, "ping-ring", scale).setPosition(at.x, at.y);
    this.ringScale = this.ring.scaleX;
    const above = Math.max(34 * scale, reachPx);
    const below = at.y - above - 30 < 0;
    this.plate = new Plate(stage, "calls", {
      lines: [{ size: stage.letters.state, weight: 650, colour: stage.palette.onOk }],
      fill: stage.palette.ok,
      rule: stage.palette.halo,
      tip: below ? "up" : "down",
      padding: 5,
    });
    this.plate.tell([words]);
    const x = Math.min(stage.width - this.plate.width / 2 - 6, Math.max(this.plate.width / 2 + 6, at.x));
    this.plate.setPosition(
      x,
      at.y + (below ? 34 * scale + this.plate.height / 2 + 4 : -above - this.plate.height / 2 - 4),
    );
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

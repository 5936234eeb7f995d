import type * as Phaser from "phaser";
import type { Box } from "./curve.ts";
import { painted, type Stage } from "./stage.ts";

/** Corner brackets round the selected place, so that selection is told by shape and not by colour alone. */
export class Selection {
  private readonly stage: Stage;
  private image: Phaser.GameObjects.Image | null = null;

  constructor(stage: Stage) {
    this.stage = stage;
  }

  /** Puts the brackets round a box, or takes them away. */
  show(box: Box | null): void {
    this.image?.destroy();
    this.image = null;
    if (box === null) return;
    const { palette, unit } = this.stage;
    const margin = 6 * unit;
    const left = box.left - margin;
    const top = box.top - margin;
    const width = box.right - box.left + margin * 2;
    const height = box.bottom - box.top + margin * 2;
    const arm = Math.min(14 * Math.max(0.8, unit), width / 3, height / 3);
    const corners = new Path2D(
      `M3 ${arm} V3 H${arm} M${width - arm} 3 H${width - 3} V${arm} M${width - 3} ${height - arm} V${height - 3} H${width - arm} M${arm} ${height - 3} H3 V${height - arm}`,
    );
    this.image = painted(this.stage, "calls", { key: "selection", left: 0, top: 0, width, height }, (brush) => {
      brush.lineCap = "round";
      brush.lineJoin = "round";
      brush.strokeStyle = palette.halo;
      brush.lineWidth = 6;
      brush.stroke(corners);
      brush.strokeStyle = palette.select;
      brush.lineWidth = 3;
      brush.stroke(corners);
    }).setPosition(left, top);
  }
}

import type { View } from "../../shared/match/view.ts";
import type { Box } from "../pieces/curve.ts";
import { Cut } from "../pieces/cut.ts";
import { Fog } from "../pieces/fog.ts";
import { PartitionPlate } from "../pieces/partitionPlate.ts";
import type { Stage } from "../pieces/stage.ts";
import type { ChartLayout } from "./chartLayout.ts";
import { plateSpot } from "./spots.ts";

/** Half the room that the partition's plate keeps free of captions, in chart units. */
const PLATE_HALF_WIDTH = 68;
const PLATE_HALF_HEIGHT = 30;

/** The partition that monitoring can see: the cut between its sides, the fog along it and the plate that names it. */
export class Weather {
  private readonly stage: Stage;
  private readonly layout: ChartLayout;
  private readonly lifting: Fog[] = [];
  private fog: Fog | null = null;
  private plate: PartitionPlate | null = null;
  private sides = "";
  private settled: boolean;
  /** The cut that is in force now, or null. */
  cut: Cut | null = null;
  /** Room that the plate takes, or null while there is none. */
  plateBox: Box | null = null;

  constructor(stage: Stage, layout: ChartLayout, settled: boolean) {
    this.stage = stage;
    this.layout = layout;
    this.settled = settled;
  }

  show(view: View, nowMs: number): void {
    const sides = view.partition === null ? "" : JSON.stringify([view.partition.sides, view.partition.oneWay]);
    if (sides !== this.sides) {
      this.sides = sides;
      this.clear(nowMs);
      if (view.partition !== null && view.partition.sides.length > 1)
        this.roll(view.partition.sides, view.partition.oneWay, nowMs);
    }
    this.settled = false;
    this.plate?.show(view);
  }

  /** Fog shown next is simply there, and what is not shown next is simply gone. */
  settle(): void {
    this.settled = true;
  }

  tick(nowMs: number): void {
    this.fog?.tick(nowMs);
    for (let at = this.lifting.length - 1; at >= 0; at -= 1) {
      const fog = this.lifting[at];
      if (fog === undefined || !fog.tick(nowMs)) continue;
      fog.destroy();
      this.lifting.splice(at, 1);
    }
  }

  private roll(sides: readonly (readonly number[])[], oneWay: boolean, nowMs: number): void {
    const { stage, layout } = this;
    const lands = sides.map((side) =>
      side.flatMap((zone) => {
        const site = layout.zones[zone];
        return site === undefined ? [] : [site.island, site.village];
      }),
    );
    this.cut = new Cut(lands, layout.width, layout.height);
    this.fog = new Fog(stage, this.cut, { thin: oneWay, bornMs: this.settled ? -Infinity : nowMs });
    const spot = plateSpot(layout, this.cut);
    this.plate = new PartitionPlate(stage, spot, layout.compact);
    const halfWidth = layout.compact ? 58 : PLATE_HALF_WIDTH * layout.unit;
    const halfHeight = layout.compact ? 16 : PLATE_HALF_HEIGHT * layout.unit;
    this.plateBox = {
      left: spot.x - halfWidth,
      right: spot.x + halfWidth,
      top: spot.y - halfHeight,
      bottom: spot.y + halfHeight,
    };
  }

  private clear(nowMs: number): void {
    if (this.settled) {
      for (const fog of [...this.lifting.splice(0), this.fog]) fog?.destroy();
    } else if (this.fog !== null) {
      this.fog.lift(nowMs);
      this.lifting.push(this.fog);
    }
    this.plate?.destroy();
    this.fog = null;
    this.plate = null;
    this.cut = null;
    this.plateBox = null;
  }
}

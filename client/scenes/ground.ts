import { type Box, traced } from "../pieces/curve.ts";
import { paintLand, paintShoals } from "../pieces/island.ts";
import { faded } from "../pieces/palette.ts";
import { paintSea } from "../pieces/sea.ts";
import { painted, type Stage } from "../pieces/stage.ts";
import { paintHouses } from "../pieces/village.ts";
import type { ChartLayout } from "./chartLayout.ts";
import { roseSpot, standingBoxes } from "./spots.ts";

/** One tree to so much island, in square chart units, and no island is a forest. */
const TREE_AREA = 1_100;
const TREES_MAX = 22;

/** Paints all that stands still into one picture: sea, shoals, ferries, islands and villages. */
export function paintGround(stage: Stage, layout: ChartLayout, legend: Box | null): void {
  const { palette, width, height, unit } = stage;
  const lands = layout.zones.flatMap((zone) => [zone.island, zone.village]);
  const towers = layout.nodes.map((foot) => ({
    left: foot.x - 40 * layout.towerScale,
    right: foot.x + 40 * layout.towerScale,
    top: foot.y - 78 * layout.towerScale,
    bottom: foot.y + 10 * layout.towerScale + layout.letters.name * 2.6,
  }));
  painted(stage, "sea", { key: "ground", left: 0, top: 0, width, height }, (brush) => {
    const rose = roseSpot(layout, legend);
    paintSea(brush, palette, { width, height, unit, rose, keepClear: standingBoxes(layout) });
    paintShoals(brush, palette, lands, unit);
    brush.strokeStyle = faded(palette.route, 0.8);
    brush.lineWidth = 2 * Math.max(0.75, unit);
    brush.lineCap = "round";
    for (const zone of layout.zones) brush.stroke(traced(zone.ferry.points, false));
    for (const { island, village } of layout.zones) {
      const trees = Math.min(TREES_MAX, Math.round((island.radiusX * island.radiusY) / (TREE_AREA * unit * unit)));
      paintLand(brush, palette, village, { unit: unit * 0.6, trees: 0, keepClear: [] });
      paintLand(brush, palette, island, { unit, trees, keepClear: towers });
      paintHouses(brush, palette, village, unit);
    }
  });
}

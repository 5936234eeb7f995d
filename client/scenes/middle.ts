import { onTrack, type Point } from "../pieces/curve.ts";
import type { ChartLayout } from "./chartLayout.ts";

/** The middle of a place; the chart's own middle for a place that is not on it. */
export function middleOf(layout: ChartLayout, place: string): Point {
  const index = Number(place.slice(1));
  const foot = layout.nodes[index];
  if (place.startsWith("n") && foot !== undefined) return { x: foot.x, y: foot.y - 34 * layout.towerScale };
  const link = layout.links[index];
  if (place.startsWith("l") && link !== undefined) {
    const { x, y } = onTrack(link, 0.5);
    return { x, y };
  }
  return layout.zones[index]?.village.centre ?? { x: layout.width / 2, y: layout.height / 2 };
}

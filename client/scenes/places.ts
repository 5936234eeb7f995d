import type { View } from "../../shared/match/view.ts";
import { type Box, distance, inBox, type Point, within } from "../pieces/curve.ts";
import { boxOf } from "../pieces/island.ts";
import { linkLook } from "../pieces/linkLook.ts";
import { nodeState, spokenState } from "../pieces/nodeState.ts";
import { zoneTitle } from "../pieces/zoneName.ts";
import { TOWER_HEIGHT } from "../pieces/tower.ts";
import type { ChartLayout } from "./chartLayout.ts";
import { middleOf } from "./middle.ts";

/** A place of the chart for keyboards, screen readers and tests: its middle in CSS pixels and all it shows, in words. */
export interface Place {
  /** `n<node>`, `z<zone>` or `l<link>`. */
  readonly place: string;
  readonly x: number;
  readonly y: number;
  readonly label: string;
}

const LOOK_WORDS = {
  ok: "up",
  slow: "slow",
  lossy: "losing messages",
  unknown: "not seen",
  cut: "cut",
  cutAToB: "cut from the first to the second",
  cutBToA: "cut from the second to the first",
} as const;

/** Every place of the chart, nodes first. */
export function placesOf(view: View, layout: ChartLayout, store: number): Place[] {
  const titleOf = (zone: number): string => zoneTitle(view.zones[zone]?.name ?? "");
  const nodes = view.nodes.map((node, at) => {
    const zone = titleOf(node.zone);
    return {
      place: `n${at}`,
      ...middleOf(layout, `n${at}`),
      label: `${spokenState(node, nodeState(node, store, view.components))}, in ${zone}`,
    };
  });
  const zones = view.zones.map((zone, at) => ({
    place: `z${at}`,
    ...middleOf(layout, `z${at}`),
    label: `Clients of ${titleOf(at)}, ${Math.round(zone.requestsPerSecond)} requests a second, ${Math.round(zone.failedShare * 100)} % failing`,
  }));
  const links = view.links.map((link, at) => ({
    place: `l${at}`,
    ...middleOf(layout, `l${at}`),
    label: `Link from ${titleOf(link.a)} to ${titleOf(link.b)}, ${LOOK_WORDS[linkLook(link)]}`,
  }));
  return [...nodes, ...zones, ...links];
}

/** The box that brackets go round; null for a link, which glows instead. */
export function boxAround(layout: ChartLayout, place: string): Box | null {
  const index = Number(place.slice(1));
  const foot = layout.nodes[index];
  if (place.startsWith("n") && foot !== undefined) {
    const half = Math.max(27 * layout.towerScale, 22);
    return {
      left: foot.x - half,
      right: foot.x + half,
      top: foot.y - (TOWER_HEIGHT + 6) * layout.towerScale,
      bottom: foot.y + 10 * layout.towerScale,
    };
  }
  const zone = layout.zones[index];
  return place.startsWith("z") && zone !== undefined ? boxOf(zone.village) : null;
}

/** What a tap at a point means: a lighthouse first, then a village, a link, and last the island's zone. */
export function placeAt(layout: ChartLayout, at: Point): string | null {
  const near = layout.nodes
    .map((foot, index) => ({ index, away: distance(middleOf(layout, `n${index}`), at), foot }))
    .filter(({ index, foot }) => {
      const box = boxAround(layout, `n${index}`);
      return box !== null && inBox(at, { ...box, bottom: foot.y + layout.letters.name * 1.4 }, layout.compact ? 6 : 2);
    })
    .toSorted((a, b) => a.away - b.away)[0];
  if (near !== undefined) return `n${near.index}`;
  const village = layout.zones.findIndex((zone) => inBox(at, boxOf(zone.village), 4));
  if (village >= 0) return `z${village}`;
  const reach = layout.compact ? 20 : 14;
  const link = layout.links.findIndex((track) => track.points.some((point) => distance(point, at) < reach));
  if (link >= 0) return `l${link}`;
  const island = layout.zones.findIndex((zone) => within(at, zone.island.outline) || inBox(at, zone.labelBox));
  return island >= 0 ? `z${island}` : null;
}

import type { NodeView, ZoneView } from "../../../shared/match/view.ts";

/** A node as the level file writes it: "oak" for Oak. */
export function nodeName(node: NodeView): string {
  return node.name.slice(0, 1).toLowerCase() + node.name.slice(1);
}

/** A zone as the level file writes it: "A" for Zone A. */
export function zoneName(zone: ZoneView): string {
  return zone.name.replace(/^Zone /, "");
}

/** A zone as it is spoken of in a sentence: "zone A". */
export function zoneWords(zone: ZoneView | undefined): string {
  return zone === undefined ? "" : `zone ${zoneName(zone)}`;
}

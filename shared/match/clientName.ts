import type { Operation } from "../history/operation.ts";
import type { Match } from "./match.ts";

/** The client that asked, by name: "a7" is the zone's letter and the session's number. */
export function clientName({ cluster, record }: Match, operation: Operation): string {
  const zone = cluster.zoneNames[record.zoneOf(operation.id)]!;
  return `${zone.toLowerCase()}${operation.session}`;
}

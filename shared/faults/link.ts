import type { Affliction } from "../sim/lane.ts";
import type { FaultStage } from "./fault.ts";

/** The two zones of a link, as a fault's lines name them; the same twice for the network within a zone. */
export type Between = readonly [string, string];

/** Lets a fault afflict a link: both ways, on all planes. */
export function afflictLink({ world, id, zone }: FaultStage, [a, b]: Between, affliction: Affliction): void {
  for (const lane of world.network.link(zone(a), zone(b))) lane.afflict(id, affliction);
}

/** What this fault did to the link is over. */
export function relieveLink({ world, id, zone }: FaultStage, [a, b]: Between): void {
  for (const lane of world.network.link(zone(a), zone(b))) lane.relieve(id);
}

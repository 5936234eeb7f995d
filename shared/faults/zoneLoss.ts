import { z } from "zod";
import { Name } from "../core/units.ts";
import type { Lane } from "../sim/lane.ts";
import type { Machine } from "../sim/machine.ts";
import { letGo, takeDown } from "../sim/outage.ts";
import type { Fault, FaultStage } from "./fault.ts";

const ZoneLossConfig = z.strictObject({ kind: z.literal("zoneLoss"), zone: Name });

/** Machines that grow hot, and lanes that flap for a moment: to be seen, not felt. */
const TELEGRAPH_SLOWDOWN = 1.6;

function machinesOf(stage: FaultStage, zone: string): Machine[] {
  return stage.world.machines.filter((machine) => machine.zone === stage.zone(zone));
}

/** Lanes among nodes to and from the zone. Its clients live in the town, not in the data centre, and still reach others. */
function lanesOf({ world, zone }: FaultStage, name: string): Lane[] {
  const lost = zone(name);
  const others = Array.from({ length: world.network.zones }, (_, other) => other).filter((other) => other !== lost);
  return others.flatMap((other) => [world.network.lane(lost, other), world.network.lane(other, lost)]);
}

/** A whole data centre is gone at once: its machines and its links. Whatever stood only there is away. */
export const zoneLoss: Fault<typeof ZoneLossConfig> = {
  kind: "zoneLoss",
  about: "All machines of a zone lose power and its links go dark at the same moment.",
  source: "Ford et al. 2010, Availability in globally distributed storage systems, section 4 (correlated failures).",
  config: ZoneLossConfig,
  names: ({ zone }) => ({ zones: [zone] }),
  describe: ({ zone }) => `loss of zone ${zone}`,
  telegraph(stage, params) {
    for (const machine of machinesOf(stage, params.zone))
      machine.afflict(stage.id, { slowdown: TELEGRAPH_SLOWDOWN, trouble: "" });
  },
  begin(stage, params) {
    const trouble = zoneLoss.describe(params);
    for (const machine of machinesOf(stage, params.zone))
      takeDown(stage.world, machine, stage.id, { down: "crashed", trouble });
    for (const lane of lanesOf(stage, params.zone)) lane.afflict(stage.id, { cut: true, trouble });
  },
  end(stage, { zone }) {
    for (const lane of lanesOf(stage, zone)) lane.relieve(stage.id);
    for (const machine of machinesOf(stage, zone)) letGo(stage.world, machine, stage.id);
  },
};

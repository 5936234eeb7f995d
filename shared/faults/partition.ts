import { z } from "zod";
import { Name } from "../core/units.ts";
import type { Affliction, Lane } from "../sim/network.ts";
import type { Fault, FaultStage } from "./fault.ts";

const PartitionConfig = z.strictObject({
  kind: z.literal("partition"),
  sides: z.array(z.array(Name).min(1)).min(2).describe("zones on each side of the cut"),
  oneWay: z.boolean().default(false).describe("asymmetric: only messages from the first side to the others are lost"),
});
type Partition = z.infer<typeof PartitionConfig>;

/** Loss on the lanes about to be cut, while the partition announces itself. */
const TELEGRAPH_LOSS = 0.12;

function lanesAcross(stage: FaultStage, { sides, oneWay }: Partition): Lane[] {
  const zones = sides.map((side) => side.map((name) => stage.zone(name)));
  const lanes: Lane[] = [];
  zones.forEach((side, one) => {
    zones.forEach((otherSide, other) => {
      if (one === other || (oneWay && one > 0)) return;
      for (const from of side) for (const to of otherSide) lanes.push(stage.world.network.lane(from, to));
    });
  });
  return lanes;
}

function afflict(stage: FaultStage, params: Partition, affliction: Omit<Affliction, "trouble">): void {
  for (const lane of lanesAcross(stage, params)) lane.afflict(stage.id, { ...affliction, trouble: partition.describe(params) });
}

/** A network partition: nothing gets from one side to the other, or only one way when it is asymmetric. */
export const partition: Fault<typeof PartitionConfig> = {
  kind: "partition",
  about: "Zones can't reach each other: symmetric, or one way.",
  config: PartitionConfig,
  describe: ({ sides, oneWay }) => `partition ${sides.map((side) => side.join(" ")).join(oneWay ? " → " : " | ")}`,
  telegraph: (stage, params) => afflict(stage, params, { loss: TELEGRAPH_LOSS }),
  begin: (stage, params) => afflict(stage, params, { cut: true }),
  end: (stage, params) => lanesAcross(stage, params).forEach((lane) => lane.relieve(stage.id)),
};

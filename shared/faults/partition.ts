import { z } from "zod";
import { Duration, Name } from "../core/units.ts";
import type { Affliction, Lane } from "../sim/lane.ts";
import type { Fault, FaultStage } from "./fault.ts";

const PartitionConfig = z.strictObject({
  kind: z.literal("partition"),
  sides: z
    .array(z.array(Name).min(1))
    .min(2)
    .describe("zones on each side of the cut; those on no side still reach all others"),
  oneWay: z
    .boolean()
    .default(false)
    .describe("asymmetric: only messages among nodes from the first side to the others are lost"),
  flaps: z
    .strictObject({ cut: Duration, open: Duration })
    .optional()
    .describe("it comes and goes: cut for so long, then open for so long, and so on"),
  sealed: z
    .boolean()
    .default(false)
    .describe("true: clients of the first side can't leave it over the public network either"),
});
type Partition = z.infer<typeof PartitionConfig>;

/** The lanes about to be cut grow slow first: to be seen, not felt. */
const TELEGRAPH = { slowdown: 2 };

/**
 * Lanes that the cut crosses. On the public network nobody gets into the first side from outside; its own clients can
 * leave it, unless `sealed`.
 */
function lanesAcross(stage: FaultStage, { sides, oneWay, sealed }: Partition): Lane[] {
  const { network } = stage.world;
  const zones = sides.map((side) => side.map((name) => stage.zone(name)));
  const lanes: Lane[] = [];
  zones.forEach((side, one) => {
    zones.forEach((otherSide, other) => {
      if (one === other || (oneWay && one > 0)) return;
      for (const from of side) {
        for (const to of otherSide) {
          lanes.push(network.lane(from, to));
          if (oneWay || (one === 0 && !sealed)) continue;
          lanes.push(network.asks(from, to), network.answers(to, from));
        }
      }
    });
  });
  return lanes;
}

function afflict(stage: FaultStage, params: Partition, affliction: Omit<Affliction, "trouble">): void {
  for (const lane of lanesAcross(stage, params))
    lane.afflict(stage.id, { ...affliction, trouble: partition.describe(params) });
}

/**
 * A network partition: nothing gets from one side to the other, or only one way when it is asymmetric. It is partial when
 * a zone stands on no side: that one reaches both, and they don't reach each other.
 */
export const partition: Fault<typeof PartitionConfig> = {
  kind: "partition",
  about: "Zones can't reach each other: symmetric or one way, all of them or some pairs, for good or again and again.",
  source:
    "Bailis & Kingsbury 2014, The network is reliable; Alfatafta et al. 2020, Toward a generic fault tolerance technique for partial network partitioning.",
  config: PartitionConfig,
  names: ({ sides }) => ({ zones: sides.flat() }),
  describe: ({ sides, oneWay }) => `partition ${sides.map((side) => side.join(" ")).join(oneWay ? " → " : " | ")}`,
  telegraph: (stage, params) => afflict(stage, params, TELEGRAPH),
  begin: (stage, params) => afflict(stage, params, { cut: true }),
  beat: {
    afterMs: ({ flaps }, beat) => (flaps === undefined ? 0 : beat % 2 === 0 ? flaps.cut : flaps.open),
    strike: (stage, params, beat) => afflict(stage, params, { cut: beat % 2 === 1 }),
  },
  end: (stage, params) => lanesAcross(stage, params).forEach((lane) => lane.relieve(stage.id)),
};

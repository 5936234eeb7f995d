import { z } from "zod";
import { Name } from "../core/units.ts";
import type { Fault, FaultStage } from "./fault.ts";

const LatencySpikeConfig = z.strictObject({
  kind: z.literal("latencySpike"),
  between: z.tuple([Name, Name]).describe("the two zones; the same twice for the network within a zone"),
  times: z.number().min(1).max(1_000).describe("delays are multiplied by this"),
});
type LatencySpike = z.infer<typeof LatencySpikeConfig>;

/** How many times slower at most while it announces itself: to be seen, not felt. */
const TELEGRAPH_TIMES_MAX = 2;

function lanes(stage: FaultStage, { between: [a, b] }: LatencySpike) {
  return stage.world.network.link(stage.zone(a), stage.zone(b));
}

/** A link on which everything takes several times as long. */
export const latencySpike: Fault<typeof LatencySpikeConfig> = {
  kind: "latencySpike",
  about: "A link becomes several times slower.",
  config: LatencySpikeConfig,
  names: ({ between }) => ({ zones: between }),
  describe: ({ between, times }) => `latency × ${times} on ${between.join("–")}`,
  telegraph(stage, params) {
    const slowdown = Math.min(TELEGRAPH_TIMES_MAX, params.times);
    for (const lane of lanes(stage, params))
      lane.afflict(stage.id, { slowdown, trouble: latencySpike.describe(params) });
  },
  begin(stage, params) {
    for (const lane of lanes(stage, params))
      lane.afflict(stage.id, { slowdown: params.times, trouble: latencySpike.describe(params) });
  },
  end(stage, params) {
    for (const lane of lanes(stage, params)) lane.relieve(stage.id);
  },
};

import { z } from "zod";
import { Name } from "../core/units.ts";
import type { Fault } from "./fault.ts";

const TrafficSpikeConfig = z.strictObject({
  kind: z.literal("trafficSpike"),
  zone: Name.optional().describe("the zone whose clients crowd in; all zones by default"),
  times: z.number().min(1).max(100).describe("requests are multiplied by this"),
});

/** A crowd: many more requests than a moment ago. */
export const trafficSpike: Fault<typeof TrafficSpikeConfig> = {
  kind: "trafficSpike",
  about: "Many more requests arrive, from one zone or from all.",
  config: TrafficSpikeConfig,
  names: ({ zone }) => ({ zones: zone === undefined ? [] : [zone] }),
  describe: ({ zone, times }) => `traffic × ${times}${zone === undefined ? "" : ` from ${zone}`}`,
  telegraph(stage, { zone, times }) {
    stage.spike(zone === undefined ? -1 : stage.zone(zone), 1 + (times - 1) / 4);
  },
  begin(stage, { zone, times }) {
    stage.spike(zone === undefined ? -1 : stage.zone(zone), times);
  },
  end(stage, { zone }) {
    stage.spike(zone === undefined ? -1 : stage.zone(zone), 1);
  },
};

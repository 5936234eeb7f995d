import { z } from "zod";
import { pow } from "../core/maths.ts";
import { Duration, Name, Percent } from "../core/units.ts";
import type { Fault, FaultStage } from "./fault.ts";

const FlashCrowdConfig = z.strictObject({
  kind: z.literal("flashCrowd"),
  to: Name.describe("the component with what they all want to see"),
  zone: Name.optional().describe("the zone whose clients crowd in; all zones by default"),
  times: z.number().min(1).max(100).describe("requests are multiplied by this at first"),
  halves: Duration.refine((ms) => ms >= 1_000, "expected at least 1 s")
    .default(10_000)
    .describe("time in which the crowd halves"),
  keys: z.int().min(1).max(1_000).default(3).describe("how many keys they look at"),
  share: Percent.default(0.8).describe("share of all requests that goes to those keys"),
});
type FlashCrowd = z.infer<typeof FlashCrowdConfig>;

/** How often the crowd is counted again while it thins out. */
const COUNT_MS = 1_000;

function crowd(stage: FaultStage, { to, zone, keys, share }: FlashCrowd, times: number): void {
  const component = stage.component(to);
  const place = zone === undefined ? -1 : stage.zone(zone);
  stage.spike(place, times, component.index);
  const focus = { zone: place, target: component.index, share, first: 0, keys: Math.min(keys, component.keys) };
  stage.focus(times === 1 ? null : focus);
}

/** Everybody comes at once for the same few things, and then loses interest. */
export const flashCrowd: Fault<typeof FlashCrowdConfig> = {
  kind: "flashCrowd",
  about: "Requests leap up and then decay by halves, most of them for a few keys.",
  source: "Jung, Krishnamurthy & Rabinovich 2002, Flash crowds and denial of service attacks, section 3.",
  config: FlashCrowdConfig,
  names: ({ to, zone }) => ({ components: [to], zones: zone === undefined ? [] : [zone] }),
  describe: ({ to, times, zone }) => `flash crowd × ${times} at ${to}${zone === undefined ? "" : ` from ${zone}`}`,
  telegraph: (stage, params) => crowd(stage, params, 1 + (params.times - 1) / 4),
  begin: (stage, params) => crowd(stage, params, params.times),
  beat: {
    afterMs: () => COUNT_MS,
    strike(stage, params, beat) {
      const left = pow(0.5, ((beat + 1) * COUNT_MS) / params.halves);
      crowd(stage, params, 1 + Math.max(0.01, (params.times - 1) * left));
    },
  },
  end: (stage, params) => crowd(stage, params, 1),
};

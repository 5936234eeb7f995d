import { z } from "zod";
import { Name, Percent } from "../core/units.ts";
import type { Fault, FaultStage } from "./fault.ts";

const HotKeyConfig = z.strictObject({
  kind: z.literal("hotKey"),
  to: Name.describe("the component whose key it is"),
  zone: Name.optional().describe("the zone whose clients want it; all zones by default"),
  key: z.int().min(0).default(0),
  share: Percent.describe("share of the requests that goes to this one key"),
});
type HotKey = z.infer<typeof HotKeyConfig>;

function draw(stage: FaultStage, { to, zone, key }: HotKey, share: number): void {
  const component = stage.component(to);
  const place = zone === undefined ? -1 : stage.zone(zone);
  stage.focus({ zone: place, target: component.index, share, first: key % component.keys, keys: 1 });
}

/** As many requests as ever, and many of them for one key: no machine can be added to its one shard. */
export const hotKey: Fault<typeof HotKeyConfig> = {
  kind: "hotKey",
  about: "A share of the requests that went to many keys goes to a single one.",
  source:
    "Cooper et al. 2010, Benchmarking cloud serving systems with YCSB, section 4 (skew); Huang et al. 2014, Characterizing load imbalance.",
  config: HotKeyConfig,
  names: ({ to, zone }) => ({ components: [to], zones: zone === undefined ? [] : [zone] }),
  describe: ({ to, key }) => `key ${key} of ${to} runs hot`,
  telegraph: (stage, params) => draw(stage, params, params.share / 4),
  begin: (stage, params) => draw(stage, params, params.share),
  end: (stage) => stage.focus(null),
};

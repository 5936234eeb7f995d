import { z } from "zod";
import { Name, Percent } from "../core/units.ts";
import type { Fault, FaultStage } from "./fault.ts";

const LossyLinkConfig = z.strictObject({
  kind: z.literal("lossyLink"),
  between: z.tuple([Name, Name]).describe("the two zones"),
  loss: Percent.describe("share of messages lost, both ways"),
});
type LossyLink = z.infer<typeof LossyLinkConfig>;

function lanes(stage: FaultStage, { between: [a, b] }: LossyLink) {
  return stage.world.network.link(stage.zone(a), stage.zone(b));
}

/** A link that drops some of what it carries. */
export const lossyLink: Fault<typeof LossyLinkConfig> = {
  kind: "lossyLink",
  about: "A link loses a share of its messages.",
  config: LossyLinkConfig,
  names: ({ between }) => ({ zones: between }),
  describe: ({ between }) => `lossy link ${between.join("–")}`,
  telegraph(stage, params) {
    for (const lane of lanes(stage, params))
      lane.afflict(stage.id, { loss: params.loss / 4, trouble: lossyLink.describe(params) });
  },
  begin(stage, params) {
    for (const lane of lanes(stage, params))
      lane.afflict(stage.id, { loss: params.loss, trouble: lossyLink.describe(params) });
  },
  end(stage, params) {
    for (const lane of lanes(stage, params)) lane.relieve(stage.id);
  },
};

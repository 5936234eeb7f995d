import { z } from "zod";
import type { BuiltPartner } from "../components/partner.ts";
import { Name, Percent } from "../core/units.ts";
import type { Fault, FaultStage } from "./fault.ts";

const PartnerOutageConfig = z.strictObject({
  kind: z.literal("partnerOutage"),
  component: Name.describe("the partner"),
  refuses: Percent.default(1).describe("share of requests that it turns away; all by default"),
  times: z
    .number()
    .min(1)
    .max(1_000)
    .optional()
    .describe("instead of turning requests away it takes this many times as long"),
});
type PartnerOutage = z.infer<typeof PartnerOutageConfig>;

/** A tenth of what is to come, while it announces itself. */
const TELEGRAPH = 0.1;

function strike(stage: FaultStage, { component, refuses, times }: PartnerOutage, part: number): void {
  const partner = stage.component(component) as BuiltPartner;
  if (times === undefined) partner.outage(stage.id, refuses * part);
  else partner.slow(stage.id, 1 + (times - 1) * part);
}

/** Somebody else's system is down or slow. Nobody here can restart it. */
export const partnerOutage: Fault<typeof PartnerOutageConfig> = {
  kind: "partnerOutage",
  about: "A partner turns requests away, or takes many times as long; operators can only work around it.",
  source: "Nygard 2007, Release It!, section 4.1 (integration points are the number-one killer).",
  config: PartnerOutageConfig,
  names: ({ component }) => ({ components: [component], kinds: ["partner"] }),
  describe: ({ component, times }) => (times === undefined ? `outage of ${component}` : `${component} slow × ${times}`),
  telegraph: (stage, params) => strike(stage, params, TELEGRAPH),
  begin: (stage, params) => strike(stage, params, 1),
  end: (stage, { component }) => (stage.component(component) as BuiltPartner).relieve(stage.id),
};

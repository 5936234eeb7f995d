import { z } from "zod";
import { Name, Bandwidth } from "../core/units.ts";
import type { Fault } from "./fault.ts";
import { afflictLink, relieveLink } from "./link.ts";

const BandwidthLimitConfig = z.strictObject({
  kind: z.literal("bandwidthLimit"),
  between: z.tuple([Name, Name]).describe("the two zones; the same twice for the network within a zone"),
  limit: Bandwidth.describe("what each direction still carries"),
});

/** The detour over which the traffic goes while it announces itself: to be seen, not felt. */
const TELEGRAPH = { slowdown: 2 };

/** A link that has become narrow: what does not fit waits its turn, and what would wait longer than a second is dropped. */
export const bandwidthLimit: Fault<typeof BandwidthLimitConfig> = {
  kind: "bandwidthLimit",
  about:
    "A link carries only so many bytes a second: messages queue up before it, and it drops what would wait too long.",
  source: "Nichols & Jacobson 2012, Controlling queue delay (what a full buffer does to delay).",
  config: BandwidthLimitConfig,
  names: ({ between }) => ({ zones: between }),
  describe: ({ between, limit }) => `${between.join("–")} narrowed to ${Math.round(limit / 1_000)} kB/s`,
  telegraph(stage, params) {
    afflictLink(stage, params.between, { ...TELEGRAPH, trouble: bandwidthLimit.describe(params) });
  },
  begin(stage, params) {
    afflictLink(stage, params.between, { bytesPerSecond: params.limit, trouble: bandwidthLimit.describe(params) });
  },
  end: (stage, { between }) => relieveLink(stage, between),
};

import { z } from "zod";
import { shown } from "../core/names.ts";
import { usOf } from "../core/time.ts";
import { Name, SignedDuration } from "../core/units.ts";
import { afflictClock, relieveClock } from "./clock.ts";
import type { Fault } from "./fault.ts";

const ClockSkewConfig = z.strictObject({
  kind: z.literal("clockSkew"),
  node: Name,
  by: SignedDuration.describe("how far it is ahead, or behind with a minus sign"),
});

/** A clock that is wrong by a fixed amount: what is stamped there looks later, or earlier, than it was. */
export const clockSkew: Fault<typeof ClockSkewConfig> = {
  kind: "clockSkew",
  about: "The clock of a node is ahead or behind by a fixed amount; at the end it is set right in one step.",
  source: "Corbett et al. 2012, Spanner, section 3 (clocks are an interval, not a point).",
  config: ClockSkewConfig,
  names: ({ node }) => ({ nodes: [node] }),
  describe: ({ node, by }) => `clock of ${shown(node)} ${by < 0 ? "behind" : "ahead"} by ${Math.abs(by)} ms`,
  telegraph(stage, { node, by }) {
    afflictClock(stage, node, { skewUs: usOf(by / 10), trouble: "" });
  },
  begin(stage, params) {
    afflictClock(stage, params.node, { skewUs: usOf(params.by), trouble: clockSkew.describe(params) });
  },
  end: (stage, { node }) => relieveClock(stage, node),
};

import { z } from "zod";
import { shown } from "../core/names.ts";
import { Name } from "../core/units.ts";
import { afflictClock, relieveClock } from "./clock.ts";
import type { Fault } from "./fault.ts";

const ClockDriftConfig = z.strictObject({
  kind: z.literal("clockDrift"),
  node: Name,
  ppm: z.number().min(-500_000).max(500_000).describe("how much faster it runs, parts per million; slower below 0"),
});

/** A clock that runs too fast or too slow: its error grows, and the timers of its machine run by it. */
export const clockDrift: Fault<typeof ClockDriftConfig> = {
  kind: "clockDrift",
  about: "The clock of a node runs too fast or too slow, and so do its timers; at the end it is set right in one step.",
  source: "Mills 2010, Computer network time synchronization, chapter 2 (a quartz alone drifts by tens of ppm).",
  simplified: ["Levels drift thousands of times faster than a quartz, so that a match is long enough to feel it."],
  config: ClockDriftConfig,
  names: ({ node }) => ({ nodes: [node] }),
  describe: ({ node, ppm }) => `clock of ${shown(node)} runs ${ppm < 0 ? "slow" : "fast"}`,
  telegraph(stage, { node, ppm }) {
    afflictClock(stage, node, { driftPpm: ppm / 4, trouble: "" });
  },
  begin(stage, params) {
    afflictClock(stage, params.node, { driftPpm: params.ppm, trouble: clockDrift.describe(params) });
  },
  end: (stage, { node }) => relieveClock(stage, node),
};

import { z } from "zod";
import { shown } from "../core/names.ts";
import { usOf } from "../core/time.ts";
import { Duration, Name, SignedDuration } from "../core/units.ts";
import { afflictClock, relieveClock } from "./clock.ts";
import type { Fault } from "./fault.ts";

const ClockJumpConfig = z.strictObject({
  kind: z.literal("clockJump"),
  node: Name,
  by: SignedDuration.describe("how far it leaps ahead, or back with a minus sign"),
  every: Duration.default(0).describe("how often it leaps, to and back again; 0s: once"),
});

/** A clock that leaps, and leaps back, as one does for which two time servers fight. Time on its node runs backwards. */
export const clockJump: Fault<typeof ClockJumpConfig> = {
  kind: "clockJump",
  about: "The clock of a node leaps by some amount, once or again and again to and fro; at the end it is set right.",
  source: "Kleppmann 2017, Designing data-intensive applications, chapter 8 (time-of-day clocks may jump back).",
  simplified: ["Timers run by a monotonic clock, which does not leap with the time of day."],
  config: ClockJumpConfig,
  names: ({ node }) => ({ nodes: [node] }),
  describe: ({ node, by }) => `clock of ${shown(node)} leaps ${by < 0 ? "back" : "ahead"} by ${Math.abs(by)} ms`,
  telegraph(stage, { node, by }) {
    afflictClock(stage, node, { skewUs: usOf(by / 10), trouble: "" });
  },
  begin(stage, params) {
    afflictClock(stage, params.node, { skewUs: usOf(params.by), trouble: clockJump.describe(params) });
  },
  beat: {
    afterMs: ({ every }) => every,
    strike(stage, params, beat) {
      const skewUs = beat % 2 === 0 ? 0 : usOf(params.by);
      afflictClock(stage, params.node, { skewUs, trouble: clockJump.describe(params) });
    },
  },
  end: (stage, { node }) => relieveClock(stage, node),
};

import { z } from "zod";
import { shown } from "../core/names.ts";
import { Duration, Name } from "../core/units.ts";
import { letGo, takeDown } from "../sim/outage.ts";
import type { Fault, FaultStage } from "./fault.ts";

const RestartConfig = z.strictObject({
  kind: z.literal("restart"),
  node: Name,
  takes: Duration.default(3_000).describe("how long it is away each time"),
  every: Duration.default(0).describe("how long it then runs before it does it again; 0s: once"),
});
type Restart = z.infer<typeof RestartConfig>;

/** A machine that is about to give up works through its last memory: its work takes this many times as long. */
const FAILING_SLOWDOWN = 1.6;

function goDown(stage: FaultStage, params: Restart): void {
  const machine = stage.world.machines[stage.node(params.node)]!;
  takeDown(stage.world, machine, stage.id, { down: "crashed", trouble: restart.describe(params) });
}

/** A node that restarts by itself, once or in a loop: what it had in memory is gone each time. */
export const restart: Fault<typeof RestartConfig> = {
  kind: "restart",
  about: "A node restarts by itself and is back after a moment with what is on its disk; in a loop if it is set so.",
  config: RestartConfig,
  names: ({ node }) => ({ nodes: [node] }),
  describe: ({ node, every }) => `${shown(node)} restarts by itself${every > 0 ? " again and again" : ""}`,
  telegraph(stage, { node }) {
    stage.world.machines[stage.node(node)]!.afflict(stage.id, { slowdown: FAILING_SLOWDOWN, trouble: "" });
  },
  begin: goDown,
  beat: {
    afterMs: ({ takes, every }, beat) => (beat % 2 === 0 ? takes : every),
    strike(stage, params, beat) {
      if (beat % 2 === 1) goDown(stage, params);
      else letGo(stage.world, stage.world.machines[stage.node(params.node)]!, stage.id);
    },
  },
  end(stage, { node }) {
    letGo(stage.world, stage.world.machines[stage.node(node)]!, stage.id);
  },
};

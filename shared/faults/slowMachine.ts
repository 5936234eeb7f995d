import { z } from "zod";
import { shown } from "../core/names.ts";
import { Name } from "../core/units.ts";
import type { Machine } from "../sim/machine.ts";
import type { Fault, FaultStage } from "./fault.ts";

const SlowMachineConfig = z.strictObject({
  kind: z.literal("slowMachine"),
  node: Name,
  times: z.number().min(1).max(100).describe("CPU and disk take this many times as long"),
});
type SlowMachine = z.infer<typeof SlowMachineConfig>;

/** How many times slower at most while it announces itself: to be seen, not felt. */
const TELEGRAPH_TIMES_MAX = 2;

/** A gray failure: the node answers every health check and takes several times as long for its work. */
export const slowMachine: Fault<typeof SlowMachineConfig> = {
  kind: "slowMachine",
  about: "A node works several times slower than it should, and still says that it is well.",
  config: SlowMachineConfig,
  names: ({ node }) => ({ nodes: [node] }),
  describe: ({ node, times }) => `${shown(node)} slow × ${times}`,
  telegraph(stage, params) {
    const slowdown = Math.min(TELEGRAPH_TIMES_MAX, params.times);
    machineOf(stage, params).afflict(stage.id, { slowdown, trouble: slowMachine.describe(params) });
  },
  begin(stage, params) {
    machineOf(stage, params).afflict(stage.id, { slowdown: params.times, trouble: slowMachine.describe(params) });
  },
  end(stage, params) {
    machineOf(stage, params).relieve(stage.id);
  },
};

function machineOf(stage: FaultStage, { node }: SlowMachine): Machine {
  return stage.world.machines[stage.node(node)]!;
}

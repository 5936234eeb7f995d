import { z } from "zod";
import { Name } from "../core/units.ts";
import type { Fault } from "./fault.ts";

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
  describe: ({ node, times }) => `${node} slow × ${times}`,
  telegraph(stage, params) {
    const machine = stage.world.machines[stage.node(params.node)]!;
    machine.speed = 1 / Math.min(TELEGRAPH_TIMES_MAX, params.times);
    machine.trouble = slowMachine.describe(params);
  },
  begin(stage, params) {
    const machine = stage.world.machines[stage.node(params.node)]!;
    machine.speed = 1 / params.times;
    machine.trouble = slowMachine.describe(params);
  },
  end(stage, params) {
    const machine = stage.world.machines[stage.node(params.node)]!;
    machine.speed = 1;
    if (machine.trouble === slowMachine.describe(params)) machine.trouble = "";
  },
};

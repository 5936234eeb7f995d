import { z } from "zod";
import { Name } from "../core/units.ts";
import type { Fault } from "./fault.ts";

const CrashConfig = z.strictObject({
  kind: z.literal("crash"),
  node: Name,
  diskLost: z.boolean().default(false).describe("true: it comes back empty"),
});
type Crash = z.infer<typeof CrashConfig>;

/** Speed of a machine that is about to fail: it throttles its CPU, as an overheating one does. */
const FAILING_SPEED = 0.6;

/** A node dies at once; it comes back by itself after `for`, or when an operator restarts it. */
export const crash: Fault<typeof CrashConfig> = {
  kind: "crash",
  about: "A node loses power: its memory, its queue and what its disk had not yet made durable are gone.",
  config: CrashConfig,
  describe: ({ node }) => `crash of ${node}`,
  telegraph(stage, params) {
    stage.world.machines[stage.node(params.node)]!.speed = FAILING_SPEED;
  },
  begin(stage, params) {
    const machine = stage.world.machines[stage.node(params.node)]!;
    machine.speed = 1;
    if (machine.state === "off") return;
    stage.world.crash(machine);
    machine.trouble = crash.describe(params);
  },
  end(stage, params) {
    const machine = stage.world.machines[stage.node(params.node)]!;
    if (machine.state !== "crashed") return;
    machine.trouble = "";
    stage.world.restart(machine, params.diskLost);
  },
};

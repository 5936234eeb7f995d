import { z } from "zod";
import { Name } from "../core/units.ts";
import type { Fault } from "./fault.ts";

const PauseConfig = z.strictObject({ kind: z.literal("pause"), node: Name });
type Pause = z.infer<typeof PauseConfig>;

/** Speed of a machine whose collector of garbage works harder and harder. */
const STRAINED_SPEED = 0.6;

/** A node stands still and then goes on as if nothing had happened. From outside it looks like a crash. */
export const pause: Fault<typeof PauseConfig> = {
  kind: "pause",
  about: "A node stands still for a while (a long garbage collection, a stopped virtual machine) and then goes on.",
  config: PauseConfig,
  describe: ({ node }) => `pause of ${node}`,
  telegraph(stage, params) {
    stage.world.machines[stage.node(params.node)]!.speed = STRAINED_SPEED;
  },
  begin(stage, params) {
    const machine = stage.world.machines[stage.node(params.node)]!;
    machine.speed = 1;
    if (machine.state !== "up") return;
    machine.trouble = pause.describe(params);
    stage.world.pause(machine);
  },
  end(stage, params) {
    const machine = stage.world.machines[stage.node(params.node)]!;
    if (machine.state !== "paused") return;
    machine.trouble = "";
    stage.world.resume(machine);
  },
};

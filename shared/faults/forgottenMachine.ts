import { z } from "zod";
import { shown } from "../core/names.ts";
import { Name } from "../core/units.ts";
import type { Fault } from "./fault.ts";

const ForgottenMachineConfig = z.strictObject({
  kind: z.literal("forgottenMachine"),
  node: Name.describe("a standby"),
});

/**
 * A standby that somebody switched on for an experiment and forgot. Nothing fails: it is a line on the bill until an
 * operator switches it off.
 */
export const forgottenMachine: Fault<typeof ForgottenMachineConfig> = {
  kind: "forgottenMachine",
  about: "A standby was switched on and forgotten: it does nothing that is needed, and costs money.",
  config: ForgottenMachineConfig,
  names: ({ node }) => ({ nodes: [node] }),
  describe: ({ node }) => `${shown(node)} left on`,
  begin(stage, { node }) {
    const machine = stage.world.machines[stage.node(node)]!;
    if (machine.state !== "off") return;
    stage.world.restart(machine, false);
    machine.afflict(stage.id, { trouble: "" });
  },
  end(stage, { node }) {
    const machine = stage.world.machines[stage.node(node)]!;
    // Whoever switched it off and on again since then wants it.
    if (machine.affliction(stage.id) !== undefined && machine.state !== "off") stage.world.crash(machine, "off");
    machine.relieve(stage.id);
  },
};

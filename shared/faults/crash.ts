import { z } from "zod";
import { shown } from "../core/names.ts";
import { Name } from "../core/units.ts";
import { letGo, takeDown } from "../sim/outage.ts";
import type { Fault } from "./fault.ts";

const CrashConfig = z.strictObject({
  kind: z.literal("crash"),
  node: Name,
  diskLost: z.boolean().default(false).describe("true: it comes back empty"),
});

/** A machine that is about to fail throttles its CPU, as an overheating one does: its work takes this many times as long. */
const FAILING_SLOWDOWN = 1.6;

/** A node dies at once; it comes back by itself after `for`, or when an operator restarts it. */
export const crash: Fault<typeof CrashConfig> = {
  kind: "crash",
  about: "A node loses power: its memory, its queue and what its disk had not yet made durable are gone.",
  config: CrashConfig,
  names: ({ node }) => ({ nodes: [node] }),
  describe: ({ node }) => `crash of ${shown(node)}`,
  telegraph(stage, params) {
    stage.world.machines[stage.node(params.node)]!.afflict(stage.id, { slowdown: FAILING_SLOWDOWN, trouble: "" });
  },
  begin(stage, params) {
    const { node, diskLost } = params;
    takeDown(stage.world, stage.world.machines[stage.node(node)]!, stage.id, {
      down: "crashed",
      diskLost,
      trouble: crash.describe(params),
    });
  },
  end(stage, { node }) {
    letGo(stage.world, stage.world.machines[stage.node(node)]!, stage.id);
  },
};

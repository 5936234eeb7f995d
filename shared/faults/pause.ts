import { z } from "zod";
import { shown } from "../core/names.ts";
import { Name } from "../core/units.ts";
import { letGo, takeDown } from "../sim/outage.ts";
import type { Fault } from "./fault.ts";

const PauseConfig = z.strictObject({ kind: z.literal("pause"), node: Name });

/** Work takes this many times as long on a machine whose collector of garbage works harder and harder. */
const STRAINED_SLOWDOWN = 1.6;

/** A node stands still and then goes on as if nothing had happened. From outside it looks like a crash. */
export const pause: Fault<typeof PauseConfig> = {
  kind: "pause",
  about: "A node stands still for a while (a long garbage collection, a stopped virtual machine) and then goes on.",
  config: PauseConfig,
  names: ({ node }) => ({ nodes: [node] }),
  describe: ({ node }) => `pause of ${shown(node)}`,
  telegraph(stage, params) {
    stage.world.machines[stage.node(params.node)]!.afflict(stage.id, { slowdown: STRAINED_SLOWDOWN, trouble: "" });
  },
  begin(stage, params) {
    takeDown(stage.world, stage.world.machines[stage.node(params.node)]!, stage.id, {
      down: "paused",
      trouble: pause.describe(params),
    });
  },
  end(stage, { node }) {
    letGo(stage.world, stage.world.machines[stage.node(node)]!, stage.id);
  },
};

import { z } from "zod";
import { shown } from "../core/names.ts";
import { Name } from "../core/units.ts";
import type { Fault } from "./fault.ts";

const DiskFullConfig = z.strictObject({ kind: z.literal("diskFull"), node: Name });

/** Share of the disk in use while it announces itself. */
const NEARLY_FULL = 0.9;

/** A node whose disk has no space left: it answers what it can from memory, and no write there ever becomes durable. */
export const diskFull: Fault<typeof DiskFullConfig> = {
  kind: "diskFull",
  about: "The disk of a node is full: reads go on, and writes there wait for space until it is over.",
  source: "Rabkin & Katz 2013, How Hadoop clusters break (full disks among the commonest causes).",
  simplified: [
    "A real disk says at once that it is full; here what waits for it times out, which looks the same from outside.",
  ],
  config: DiskFullConfig,
  names: ({ node }) => ({ nodes: [node] }),
  describe: ({ node }) => `disk of ${shown(node)} full`,
  telegraph(stage, { node }) {
    stage.world.machines[stage.node(node)]!.afflict(stage.id, { diskUsed: NEARLY_FULL, trouble: "" });
  },
  begin(stage, params) {
    stage.world.machines[stage.node(params.node)]!.afflict(stage.id, {
      diskUsed: 1,
      trouble: diskFull.describe(params),
    });
  },
  end(stage, { node }) {
    stage.world.machines[stage.node(node)]!.relieve(stage.id);
  },
};

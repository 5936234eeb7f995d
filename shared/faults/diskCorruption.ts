import { z } from "zod";
import { shown } from "../core/names.ts";
import { Name } from "../core/units.ts";
import { letGo } from "../sim/outage.ts";
import type { Fault } from "./fault.ts";

const DiskCorruptionConfig = z.strictObject({ kind: z.literal("diskCorruption"), node: Name });

/** A disk that is about to rot reads its sectors several times: work takes this many times as long. */
const REREADING_SLOWDOWN = 1.6;

/**
 * A disk that no longer holds what was written to it. Nobody notices until a checksum is checked: by the next sync, and
 * then the node stops and comes back empty at the end of the fault or when an operator restarts it; or by the next start,
 * and then it starts empty.
 */
export const diskCorruption: Fault<typeof DiskCorruptionConfig> = {
  kind: "diskCorruption",
  about:
    "The disk of a node rots: the next sync or start finds wrong checksums, and the node comes back with an empty disk.",
  source:
    "Ganesan et al. 2017, Redundancy does not imply fault tolerance, section 4 (crash on a checksum, then recover from others).",
  simplified: ["Checksums find all of it; rot that is served as an answer does not happen."],
  config: DiskCorruptionConfig,
  names: ({ node }) => ({ nodes: [node] }),
  describe: ({ node }) => `rotten disk of ${shown(node)}`,
  telegraph(stage, { node }) {
    stage.world.machines[stage.node(node)]!.afflict(stage.id, { slowdown: REREADING_SLOWDOWN, trouble: "" });
  },
  begin(stage, params) {
    stage.world.machines[stage.node(params.node)]!.afflict(stage.id, {
      rotten: true,
      trouble: diskCorruption.describe(params),
    });
  },
  end(stage, { node }) {
    letGo(stage.world, stage.world.machines[stage.node(node)]!, stage.id);
  },
};

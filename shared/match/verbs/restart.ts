import { isRefusal, refusal } from "../../core/refusal.ts";
import { shown } from "../../core/names.ts";
import { takeDown } from "../../sim/outage.ts";
import { findNode, placeOfNode } from "./find.ts";
import type { Verb } from "./verb.ts";

/** Stands among the numbers of faults for the one that operators bring about themselves. */
const RESTART = -1;

/** Takes a node down, if it is not, and brings it back up with what is on its disk. */
export const restart: Verb<"restart"> = {
  name: "restart",
  role: "infra",
  about: "Restart a node: it loses its memory and its queue, and is away meanwhile.",
  durationMs: () => 6_000,
  at: (stage, { node }) => placeOfNode(stage, node),
  describe: (_, { node }) => `restarts ${shown(node)}`,
  refuse(stage, { node: name }) {
    const node = findNode(stage, name);
    if (isRefusal(node)) return node;
    if (node.state === "off") return refusal("off", `${shown(name)} is switched off: switch it on instead.`);
    return stage.isBusy("restart", placeOfNode(stage, name)) ? refusal("turning", `${shown(name)} is restarting already.`) : null;
  },
  *options({ cluster }) {
    for (const node of cluster.nodeNames) yield { verb: "restart", node };
  },
  begin(stage, { node: name }) {
    const node = findNode(stage, name);
    if (isRefusal(node)) return;
    takeDown(stage.cluster.world, node, RESTART, { down: "crashed", trouble: `restart of ${shown(name)}` });
  },
  finish(stage, { node: name }) {
    const node = findNode(stage, name);
    if (isRefusal(node)) return;
    // A restart also ends what made the machine slow: a leak, a runaway process.
    node.heal();
    if (node.state !== "off") stage.cluster.world.restart(node, false);
  },
};

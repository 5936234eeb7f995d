import { isRefusal, refusal } from "../../core/refusal.ts";
import { shown } from "../../core/names.ts";
import { findNode, placeOfNode } from "./find.ts";
import type { Verb } from "./verb.ts";

/**
 * Cuts a node off from all traffic through its power switch, or lets it back.
 * Simplified: the management network that carries the order is separate and never fails.
 */
export const fence: Verb<"fence"> = {
  name: "fence",
  role: "infra",
  about: "Make sure that a node serves nobody, even one that you can't reach; or let it back in.",
  durationMs: () => 2_500,
  at: (stage, { node }) => placeOfNode(stage, node),
  describe: (_, { node, fenced }) => (fenced ? `fences ${shown(node)}` : `lets ${shown(node)} back in`),
  refuse(stage, { node: name, fenced }) {
    const node = findNode(stage, name);
    if (isRefusal(node)) return node;
    if (node.fenced === fenced) return refusal("alreadyThere", `${shown(name)} is ${fenced ? "already" : "not"} fenced.`);
    return stage.isBusy("fence", placeOfNode(stage, name)) ? refusal("turning", `That order for ${shown(name)} is on its way.`) : null;
  },
  *options({ cluster }) {
    for (const node of cluster.nodeNames) for (const fenced of [true, false]) yield { verb: "fence", node, fenced };
  },
  finish(stage, { node: name, fenced }) {
    const node = findNode(stage, name);
    if (isRefusal(node)) return;
    node.fenced = fenced;
    for (const store of stage.cluster.stores()) {
      if (store.placed.some((placed) => placed.node === node.index)) store.membersChanged();
    }
  },
};

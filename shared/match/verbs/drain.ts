import { isRefusal, refusal } from "../../core/refusal.ts";
import { shown } from "../../core/names.ts";
import { findNode, placeOfNode } from "./find.ts";
import type { Verb } from "./verb.ts";

/** Stops sending new requests to a node, or starts again. */
export const drain: Verb<"drain"> = {
  name: "drain",
  role: "traffic",
  about: "Send a node nothing new; what it has it may finish.",
  durationMs: () => 0,
  at: (stage, { node }) => placeOfNode(stage, node),
  describe: (_, { node, drained }) => (drained ? `drains ${shown(node)}` : `lets ${shown(node)} take requests again`),
  refuse(stage, { node: name, drained }) {
    const node = findNode(stage, name);
    if (isRefusal(node)) return node;
    const already = stage.cluster.balancers().every(({ spread }) => spread.drained[node.index] === drained);
    return already ? refusal("alreadyThere", `${shown(name)} is ${drained ? "already" : "not"} drained.`) : null;
  },
  *options({ cluster }) {
    for (const node of cluster.nodeNames) for (const drained of [true, false]) yield { verb: "drain", node, drained };
  },
  finish(stage, { node, drained }) {
    for (const { spread } of stage.cluster.balancers()) spread.drained[stage.cluster.node(node)] = drained;
  },
};

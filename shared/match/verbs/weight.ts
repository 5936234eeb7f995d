import { isRefusal, refusal } from "../../core/refusal.ts";
import { shown } from "../../core/names.ts";
import { findNode, placeOfNode } from "./find.ts";
import type { Verb } from "./verb.ts";

/** Shares that somebody would try. */
const SHARES = [0, 0.25, 0.5, 0.75, 1];

/** Sets the share of requests that balancers send to a node. */
export const weight: Verb<"weight"> = {
  name: "weight",
  role: "traffic",
  about: "Send a node less than its fair share: for uneven machines.",
  durationMs: () => 0,
  at: (stage, { node }) => placeOfNode(stage, node),
  describe: (_, { node, weight: share }) => `weighs ${shown(node)} at ${Math.round(share * 100)} %`,
  refuse(stage, { node: name, weight: share }) {
    const node = findNode(stage, name);
    if (isRefusal(node)) return node;
    const already = stage.cluster.balancers().every(({ spread }) => spread.weights[node.index] === share);
    return already ? refusal("alreadyThere", `${shown(name)} already has that weight.`) : null;
  },
  *options({ cluster }) {
    for (const node of cluster.nodeNames) for (const share of SHARES) yield { verb: "weight", node, weight: share };
  },
  finish(stage, { node, weight: share }) {
    for (const { spread } of stage.cluster.balancers()) spread.weights[stage.cluster.node(node)] = share;
  },
};

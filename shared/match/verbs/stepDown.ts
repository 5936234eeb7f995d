import { isRefusal, refusal } from "../../core/refusal.ts";
import { shown } from "../../core/names.ts";
import { findNode, findStore, nodesOf, placeOfNode } from "./find.ts";
import type { Verb } from "./verb.ts";

/** Asks a leader to make way for another replica, before its machine is drained or fails. */
export const stepDown: Verb<"stepDown"> = {
  name: "stepDown",
  role: "data",
  about: "Ask a leader to hand its office to another replica that has all it has.",
  durationMs: () => 500,
  at: (stage, { node }) => placeOfNode(stage, node),
  describe: (_, { store, node, to }) => `has ${shown(node)} step down in ${store} for ${shown(to)}`,
  refuse(stage, { store: name, node: nodeName, to }) {
    const store = findStore(stage, name);
    if (isRefusal(store)) return store;
    const node = findNode(stage, nodeName);
    if (isRefusal(node)) return node;
    const heir = findNode(stage, to);
    if (isRefusal(heir)) return heir;
    if (node === heir) return refusal("sameNode", `${shown(to)} can't follow itself.`);
    if (store.protocol.name !== "raft") return refusal("noLeader", `${name} replicates by ${store.protocol.name}, where nobody steps down.`);
    const holds = (index: number) => store.placed.some((placed) => placed.node === index);
    if (!holds(node.index) || !holds(heir.index)) return refusal("noReplica", `Both nodes must hold a replica of ${name}.`);
    return stage.isBusy("stepDown", placeOfNode(stage, nodeName)) ? refusal("turning", `${shown(nodeName)} is stepping down.`) : null;
  },
  *options({ cluster }) {
    for (const { name: store, placed } of cluster.stores()) {
      const nodes = nodesOf(cluster, placed);
      for (const node of nodes) for (const to of nodes) yield { verb: "stepDown", store, node, to };
    }
  },
  finish(stage, { store: name, node, to }) {
    const store = findStore(stage, name);
    if (!isRefusal(store)) store.transfer(stage.cluster.node(node), stage.cluster.node(to));
  },
};

import { isRefusal, refusal } from "../../core/refusal.ts";
import { shown } from "../../core/names.ts";
import { findNode, findStore, nodesOf, placeOfNode } from "./find.ts";
import type { Verb } from "./verb.ts";

/** Lets a spare replica into the group, or takes one out of it: through the group's own log, one at a time. */
export const member: Verb<"member"> = {
  name: "member",
  role: "data",
  about: "Let a spare replica vote, or take a lost one's vote away: a majority of those who vote must agree.",
  durationMs: () => 1_000,
  at: (stage, { node }) => placeOfNode(stage, node),
  describe: (_, { store, node, joined }) => `${joined ? "adds" : "takes"} ${shown(node)} ${joined ? "to" : "out of"} ${store}`,
  refuse(stage, { store: name, node: nodeName }) {
    const store = findStore(stage, name);
    if (isRefusal(store)) return store;
    const node = findNode(stage, nodeName);
    if (isRefusal(node)) return node;
    if (store.protocol.name !== "raft") return refusal("noMembership", `${name} replicates by ${store.protocol.name}, which takes no such order.`);
    if (!store.placed.some((placed) => placed.node === node.index)) return refusal("noReplica", `${shown(nodeName)} holds no replica of ${name}.`);
    return stage.isBusy("member", placeOfNode(stage, nodeName)) ? refusal("turning", `That order for ${shown(nodeName)} is on its way.`) : null;
  },
  *options({ cluster }) {
    for (const { name: store, placed } of cluster.stores()) {
      for (const node of nodesOf(cluster, placed)) {
        for (const joined of [true, false]) yield { verb: "member", store, node, joined };
      }
    }
  },
  finish(stage, { store: name, node, joined }) {
    const store = findStore(stage, name);
    if (!isRefusal(store)) store.changeMember(stage.cluster.node(node), joined);
  },
};

import type { Placed } from "../../components/store/groups.ts";
import type { Store } from "../../components/store/store.ts";
import { isRefusal, refusal } from "../../core/refusal.ts";
import { shown } from "../../core/names.ts";
import { findNode, findStore, nodesOf, placeOfNode } from "./find.ts";
import type { Verb } from "./verb.ts";

/** Makes a node's replica the primary. Whoever was primary before learns of it only if the news gets there. */
export const promote: Verb<"promote"> = {
  name: "promote",
  role: "data",
  about: "Make a backup the primary. An old primary that was not fenced and can't hear of it goes on: split brain.",
  durationMs: () => 1_500,
  at: (stage, { node }) => placeOfNode(stage, node),
  describe: (_, { store, node }) => `promotes ${shown(node)} in ${store}`,
  refuse(stage, { store: name, node: nodeName }) {
    const store = findStore(stage, name);
    if (isRefusal(store)) return store;
    const node = findNode(stage, nodeName);
    if (isRefusal(node)) return node;
    const placed = store.placed.filter((replica) => replica.node === node.index);
    if (placed.length === 0) return refusal("noReplica", `${shown(nodeName)} holds no replica of ${name}.`);
    if (!takesPromotion(store, placed)) return refusal("noPromotion", `${name} replicates by ${store.protocol.name}, which takes no such order.`);
    if (node.fenced) return refusal("fenced", `${shown(nodeName)} is fenced: it can't lead.`);
    if (node.state !== "up") return refusal("notUp", `${shown(nodeName)} does not answer the order.`);
    if (placed.every(({ replica }) => replica.status()?.role === "primary")) return refusal("alreadyThere", `${shown(nodeName)} is primary already.`);
    return stage.isBusy("promote", placeOfNode(stage, nodeName)) ? refusal("turning", `${shown(nodeName)} is being promoted.`) : null;
  },
  *options({ cluster }) {
    for (const { name: store, placed } of cluster.stores()) {
      for (const node of nodesOf(cluster, placed)) yield { verb: "promote", store, node };
    }
  },
  finish(stage, { store: name, node }) {
    const store = findStore(stage, name);
    if (!isRefusal(store)) store.promote(stage.cluster.node(node));
  },
};

/** A backup can be promoted at any time; a chain's head when it lacks what others had, to begin anew without that. */
function takesPromotion(store: Store, placed: readonly Placed[]): boolean {
  const isJoining = placed.some(({ replica }) => replica.status()?.role === "joining");
  return store.protocol.name === "primaryBackup" || (store.protocol.name === "chain" && isJoining);
}

import { isRefusal, refusal } from "../../core/refusal.ts";
import { shown } from "../../core/names.ts";
import { findNode, placeOfNode } from "./find.ts";
import type { Verb } from "./verb.ts";

/** Changes the size of a machine: more workers for more money, with diminishing returns. */
export const resize: Verb<"resize"> = {
  name: "resize",
  role: "infra",
  about: "Change a machine's size: each doubling costs more and gives less.",
  durationMs: () => 4_000,
  at: (stage, { node }) => placeOfNode(stage, node),
  describe: (stage, { node, size }) => `resizes ${shown(node)} to ${stage.cluster.rents[stage.cluster.node(node)]?.sizes[size]?.workers ?? 0} workers`,
  refuse(stage, { node: name, size }) {
    const node = findNode(stage, name);
    if (isRefusal(node)) return node;
    const rent = stage.cluster.rents[node.index]!;
    const wanted = rent.sizes[size];
    if (wanted === undefined) return refusal("noSuchSize", `${shown(name)} comes in ${rent.sizes.length} ${rent.sizes.length === 1 ? "size" : "sizes"} only.`);
    if (rent.size === size) return refusal("alreadyThere", `${shown(name)} has that size.`);
    if (wanted.price > rent.sizes[rent.size]!.price && stage.moneyLeft <= 0) return refusal("noMoney", "The budget is spent: no bigger machines.");
    return stage.isBusy("resize", placeOfNode(stage, name)) ? refusal("turning", `${shown(name)} is being resized.`) : null;
  },
  *options({ cluster }) {
    for (const [index, node] of cluster.nodeNames.entries()) {
      for (const size of cluster.rents[index]!.sizes.keys()) yield { verb: "resize", node, size };
    }
  },
  finish(stage, { node: name, size }) {
    const node = findNode(stage, name);
    if (isRefusal(node)) return;
    const rent = stage.cluster.rents[node.index]!;
    rent.size = size;
    node.resize(rent.sizes[size]!.workers);
  },
};

import { isRefusal, refusal } from "../../core/refusal.ts";
import { shown } from "../../core/names.ts";
import { findNode, placeOfNode } from "./find.ts";
import type { Verb } from "./verb.ts";

const BOOT_MS = 5_000;

/** Switches a machine on (it takes a while to boot, and costs from the order on) or off. */
export const power: Verb<"power"> = {
  name: "power",
  role: "infra",
  about: "Switch a machine on or off: capacity against money.",
  durationMs: (_, { on }) => (on ? BOOT_MS : 0),
  at: (stage, { node }) => placeOfNode(stage, node),
  describe: (_, { node, on }) => `switches ${shown(node)} ${on ? "on" : "off"}`,
  refuse(stage, { node: name, on }) {
    const node = findNode(stage, name);
    if (isRefusal(node)) return node;
    if (on !== (node.state === "off")) return refusal("alreadyThere", `${shown(name)} is ${on ? "on" : "off"} already.`);
    if (on && stage.moneyLeft <= 0) return refusal("noMoney", "The budget is spent: no more machines.");
    return stage.isBusy("power", placeOfNode(stage, name)) ? refusal("turning", `${shown(name)} is booting already.`) : null;
  },
  *options({ cluster }) {
    for (const node of cluster.nodeNames) for (const on of [true, false]) yield { verb: "power", node, on };
  },
  finish(stage, { node: name, on }) {
    const node = findNode(stage, name);
    if (isRefusal(node)) return;
    const { world } = stage.cluster;
    if (!on) {
      world.crash(node, "off");
      return;
    }
    node.heal();
    world.restart(node, false);
  },
};

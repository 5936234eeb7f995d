import { isRefusal, refusal } from "../../core/refusal.ts";
import { componentOrRefusal, placeOfComponent } from "./find.ts";
import type { Verb } from "./verb.ts";

/**
 * Gives a component to another operator. Until it is handed over nobody may change it: that is what coordination costs.
 * Source: Conway 1968, "How do committees invent?".
 */
export const handOver: Verb<"handOver"> = {
  name: "handOver",
  role: null,
  about: "Hand a component of yours over to another operator; meanwhile nobody may change it.",
  durationMs: ({ cluster }) => cluster.level.handOver,
  at: (stage, { component }) => placeOfComponent(stage, component),
  describe: (stage, { component, to }) => `hands ${component} over to ${stage.nameOf(to)}`,
  refuse(stage, { component: name, to }) {
    const component = componentOrRefusal(stage, name);
    if (isRefusal(component)) return component;
    if (stage.owners.ownerOf(name) < 0) return refusal("nobodys", `${name} belongs to everybody: no hand-over is needed.`);
    if (!stage.owners.hasSeat(to)) return refusal("noSeat", "There is no such operator.");
    return stage.owners.ownerOf(name) === to ? refusal("alreadyThere", `${name} is ${stage.nameOf(to)}'s already.`) : null;
  },
  *options({ cluster, owners }) {
    for (const { name: component } of cluster.components) {
      for (let to = 0; owners.hasSeat(to); to++) yield { verb: "handOver", component, to };
    }
  },
  begin: (stage, { component }) => stage.owners.handing(component),
  finish: (stage, { component, to }) => stage.owners.give(component, to),
};

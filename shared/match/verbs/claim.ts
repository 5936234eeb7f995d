import { refusal } from "../../core/refusal.ts";
import { words } from "../../core/names.ts";
import { checkers } from "../../checkers/registry.ts";
import { placeOfComponent } from "./find.ts";
import type { Verb } from "./verb.ts";

/** Claims that a component kept a guarantee all match. The checker judges it at the end; a claim that does not hold is fined. */
export const claim: Verb<"claim"> = {
  name: "claim",
  role: "lead",
  about: "Claim what a component guaranteed all match: proven at the end, and fined if it is not so.",
  durationMs: () => 0,
  at: (stage, { component }) => placeOfComponent(stage, component),
  describe: (_, { component, guarantee }) => `claims that ${component} is ${words(guarantee)}`,
  refuse(stage, { component, guarantee }) {
    const promised = Object.hasOwn(stage.cluster.level.contract, component) ? stage.cluster.level.contract[component] : undefined;
    if (promised === undefined) return refusal("notJudged", `Nothing is promised for ${component}, so nothing can be claimed.`);
    const checker = Object.hasOwn(checkers, guarantee) ? checkers[guarantee as keyof typeof checkers] : undefined;
    if (checker === undefined) return refusal("noSuchGuarantee", `There is no guarantee called ${words(guarantee)}.`);
    const asked = stage.cluster.level.workload.filter(({ to }) => to === component).map(({ op }) => op);
    if (!asked.every((kind) => checker.kinds.includes(kind))) {
      return refusal("cannotJudge", `Whether ${component} is ${words(guarantee)} can't be judged from what is asked there.`);
    }
    return stage.hasClaim(component, guarantee) ? refusal("alreadyThere", "That has been claimed already.") : null;
  },
  *options({ cluster }) {
    for (const component of Object.keys(cluster.level.contract)) {
      for (const guarantee of Object.keys(checkers)) yield { verb: "claim", component, guarantee };
    }
  },
  finish: (stage, { component, guarantee }, operator) => stage.claim(operator, component, guarantee),
};

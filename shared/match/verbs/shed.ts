import { refusal } from "../../core/refusal.ts";
import { placeOfComponent } from "./find.ts";
import type { Verb } from "./verb.ts";

/** Lengths that somebody would try. */
const CAPS = [1, 5, 10, 20, 50, 100, 500];

/** Bounds the queues of a component's nodes: refuse early rather than answer too late. */
export const shed: Verb<"shed"> = {
  name: "shed",
  role: "traffic",
  about: "Shorten a queue: those turned away know at once, and those let in are answered in time.",
  durationMs: () => 0,
  at: (stage, { component }) => placeOfComponent(stage, component),
  describe: (_, { component, queueCap }) => `caps queues of ${component} at ${queueCap}`,
  refuse(stage, { component: name, queueCap }) {
    const component = stage.cluster.component(name);
    if (component === undefined || component.instances.length === 0) return refusal("noQueue", `${name} has no queue to shorten.`);
    const { machines } = stage.cluster.world;
    const already = component.instances.every(({ node }) => machines[node]!.queueCap === queueCap);
    return already ? refusal("alreadyThere", `The queues of ${name} are capped at ${queueCap} already.`) : null;
  },
  *options({ cluster }) {
    for (const { name: component, instances } of cluster.components) {
      if (instances.length === 0) continue;
      for (const queueCap of CAPS) yield { verb: "shed", component, queueCap };
    }
  },
  finish(stage, { component: name, queueCap }) {
    const component = stage.cluster.component(name)!;
    for (const { node } of component.instances) stage.cluster.world.machines[node]!.queueCap = queueCap;
    if (component.kind === "service") component.policy.queueCap = queueCap;
  },
};

import { isRefusal, refusal } from "../../core/refusal.ts";
import type { Built } from "../../components/site.ts";
import { componentOrRefusal, placeOfComponent } from "./find.ts";
import type { Stage, Verb } from "./verb.ts";

const BOOT_MS = 5_000;

/** Machines of a component in its own order, each once. */
function machinesOf(component: Built): number[] {
  return [...new Set(component.instances.map(({ node }) => node))];
}

/** Machines on which something else stands too: they can't be switched off for this component alone. */
function isShared({ cluster }: Stage, component: Built, node: number): boolean {
  return cluster.components.some((other) => other.name !== component.name && other.instances.some((place) => place.node === node));
}

function running(stage: Stage, component: Built): number {
  const { machines } = stage.cluster.world;
  return machinesOf(component).filter((node) => machines[node]!.state !== "off").length;
}

/** Runs a component on the first so many of its machines: the others are switched off, and cost nothing. */
export const scale: Verb<"scale"> = {
  name: "scale",
  role: "infra",
  about: "Run a component on more or fewer of its machines: capacity against money.",
  durationMs: (stage, { component: name, instances }) => {
    const component = stage.cluster.component(name);
    return component !== undefined && instances > running(stage, component) ? BOOT_MS : 0;
  },
  at: (stage, { component }) => placeOfComponent(stage, component),
  describe: (_, { component, instances }) => `scales ${component} to ${instances}`,
  refuse(stage, { component: name, instances }) {
    const component = componentOrRefusal(stage, name);
    if (isRefusal(component)) return component;
    const machines = machinesOf(component);
    if (machines.length === 0) return refusal("noMachines", `${name} stands on no machines.`);
    if (component.storedBytes !== undefined) return refusal("notStateless", `${name} keeps data on its machines: without them it is gone.`);
    if (instances > machines.length) return refusal("tooMany", `${name} has ${machines.length} machines at most.`);
    const now = running(stage, component);
    if (instances === now) return refusal("alreadyThere", `${name} runs on ${now} already.`);
    if (instances > now && stage.moneyLeft <= 0) return refusal("noMoney", "The budget is spent: no more machines.");
    if (machines.slice(instances).some((node) => isShared(stage, component, node))) {
      return refusal("shared", `Other components stand on the machines of ${name}.`);
    }
    return stage.isBusy("scale", placeOfComponent(stage, name)) ? refusal("turning", `${name} is being scaled.`) : null;
  },
  *options({ cluster }) {
    for (const component of cluster.components) {
      const most = Math.min(64, machinesOf(component).length);
      for (let instances = 1; instances <= most; instances++) yield { verb: "scale", component: component.name, instances };
    }
  },
  finish(stage, { component: name, instances }) {
    const component = componentOrRefusal(stage, name);
    if (isRefusal(component)) return;
    const { world } = stage.cluster;
    machinesOf(component).forEach((node, place) => {
      const machine = world.machines[node]!;
      if (place >= instances) world.crash(machine, "off");
      else if (machine.state === "off") world.restart(machine, false);
    });
  },
};

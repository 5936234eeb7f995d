import type { ProcessId } from "../../sim/process.ts";
import type { Built, Site } from "../site.ts";
import type { Target } from "./policy.ts";

/** One of the components that it balances over, with what it knows of its instances. */
export interface Group {
  readonly built: Built;
  readonly targets: Map<ProcessId, Target>;
}

/** A component's instances, taken to be healthy if their machines are switched on; a partner has none of ours. */
export function groupOf(site: Site, name: string): Group {
  const built = site.built(name);
  const instances = built.instances.length > 0 ? built.instances : built.instancesFor(0);
  const targets = instances.map((instance): [ProcessId, Target] => {
    const healthy = site.world.machines[instance.node]?.state !== "off";
    return [instance.process, { instance, outstanding: 0, missed: 0, healthy }];
  });
  return { built, targets: new Map(targets) };
}

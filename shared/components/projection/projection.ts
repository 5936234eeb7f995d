import { WRITE_BYTES } from "../../sim/messageSize.ts";
import { refersTo, type ComponentKind } from "../component.ts";
import { rollbackOrder } from "../rollback.ts";
import { choice, figure } from "../setting.ts";
import type { Built, Instance, Order, Setting, Site } from "../site.ts";
import { FEEDING, ProjectionConfig, type ProjectionPolicy } from "./config.ts";
import { Projector, type ProjectionPlan } from "./projector.ts";

/** A projection that was built. */
export interface BuiltProjection extends Built {
  readonly kind: "projection";
  readonly policy: ProjectionPolicy;
  /** True while whoever changes the source has to write here as well. */
  isWrittenBeside(): boolean;
}

function buildProjection(site: Site, index: number, name: string, config: ProjectionConfig): BuiltProjection {
  const policy: ProjectionPolicy = { fed: config.fed, pollMs: config.poll, batch: config.batch };
  const source = site.built(config.of);
  const plan: ProjectionPlan = { name, config, policy, source };
  const nodes = config.on.map((nodeName, place) => {
    const node = site.node(nodeName);
    const machine = site.world.machines[node]!;
    let projector: Projector | undefined;
    const process = site.world.addProcess({ machine: node }, (self) => {
      projector = new Projector({ world: site.world, self, machine, index }, plan, place);
      return projector;
    });
    return { projector: projector!, instance: { process, node, zone: machine.zone, gauges: () => projector!.gauges() } };
  });
  const instances: readonly Instance[] = nodes.map(({ instance }) => instance);
  return {
    index,
    name,
    kind: "projection",
    summary: `projection of ${source.name} · ${config.shows} on ${instances.length} ${instances.length === 1 ? "node" : "nodes"}`,
    instances,
    keys: source.keys,
    instancesFor: (key) => [instances[key % instances.length]!],
    shardOf: (key) => key % instances.length,
    reaches: [index],
    policy,
    isWrittenBeside: () => policy.fed === "dualWrite",
    settings: settingsOf(policy),
    orders: [rebuildOrder(nodes.map(({ projector }) => projector)), rollbackOrder(site.world, index)],
    storedBytes: () => nodes.reduce((sum, { projector }) => sum + projector.changes * WRITE_BYTES, 0),
  };
}

function settingsOf(policy: ProjectionPolicy): Setting[] {
  return [
    choice(policy, "fed", {
      name: "fed",
      about: "Dual writes hope that both succeed and drift when one does not; the change feed comes later and never drifts.",
      choices: FEEDING,
    }),
    figure(policy, "pollMs", {
      name: "poll",
      about: "Time between two looks into the feed: short ones cost the source CPU time, long ones add to the lag.",
      unit: "ms",
      min: 10,
      max: 60_000,
    }),
    figure(policy, "batch", {
      name: "batch",
      about: "Changes read at a time: large ones catch up fast and hold up what else the source has to do.",
      unit: "count",
      min: 1,
      max: 1_000,
    }),
  ];
}

/** The order that derives everything again. */
function rebuildOrder(projectors: readonly Projector[]): Order {
  return {
    verb: "rebuild",
    about: "Reads the source from its first change again, at the cost of CPU time on both sides, and then takes over.",
    durationMs: 1_000,
    refuse: () => (projectors.some(({ rebuilding }) => rebuilding) ? "It is being rebuilt already." : null),
    run: () => {
      for (const projector of projectors) projector.rebuild();
    },
  };
}

export const projection: ComponentKind<ProjectionConfig, BuiltProjection> = {
  kind: "projection",
  about: "A read model or search index: data derived from a source, a little behind it, and rebuilt from it at any time.",
  source: "Kleppmann 2017, chapter 11 (keeping systems in sync; change data capture); Fowler 2011 (CQRS).",
  simplified: ["An answer shows one key; there is no ranking, and no query over several keys."],
  config: ProjectionConfig,
  takes: () => ["read", "search"],
  references: ({ on, of }) => [...refersTo("node", "on", on), ...refersTo("component", "of", [of], ["table", "eventStore"])],
  gauges: [
    { name: "changes", unit: "count", combine: "sum" },
    { name: "lag", unit: "count", combine: "sum" },
    { name: "rebuilt", unit: "share", combine: "mean" },
  ],
  build: buildProjection,
};

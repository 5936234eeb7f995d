import { refersTo, type ComponentKind } from "../component.ts";
import { rollbackOrder } from "../rollback.ts";
import { figure } from "../setting.ts";
import type { Built, Setting, Site } from "../site.ts";
import { ObjectStoreConfig, type ObjectStorePolicy } from "./config.ts";
import { ObjectNode, type ObjectStorePlan } from "./objectNode.ts";

/** An object store that was built. */
export interface BuiltObjectStore extends Built {
  readonly kind: "objectStore";
  readonly policy: ObjectStorePolicy;
}

const MEGABYTE = 1_000_000;

function buildObjectStore(site: Site, index: number, name: string, config: ObjectStoreConfig): BuiltObjectStore {
  const policy: ObjectStorePolicy = { parallel: config.parallel, uploads: config.uploads };
  const tells = config.tells === undefined ? null : site.built(config.tells);
  const plan: ObjectStorePlan = { name, config, policy, tells, nodes: [] };
  const stores: ObjectNode[] = [];
  for (const nodeName of config.on) {
    const node = site.node(nodeName);
    const machine = site.world.machines[node]!;
    const process = site.world.addProcess({ machine: node }, (self) => {
      const store = new ObjectNode({ world: site.world, self, machine, index }, plan);
      stores.push(store);
      return store;
    });
    const store = stores.at(-1)!;
    plan.nodes.push({ process, node, zone: machine.zone, gauges: () => store.gauges() });
  }
  const byKey = plan.nodes.map((instance) => [instance]);
  return {
    index,
    name,
    kind: "objectStore",
    summary: `object store · ${byKey.length} ${byKey.length === 1 ? "node" : "nodes"} · parts of ${config.part} MB`,
    instances: plan.nodes,
    keys: config.keys,
    instancesFor: (key) => byKey[key % byKey.length]!,
    shardOf: (key) => key % byKey.length,
    reaches: [index],
    policy,
    settings: settingsOf(policy),
    orders: [rollbackOrder(site.world, index)],
    storedBytes: () => stores.reduce((sum, { megabytes }) => sum + megabytes * MEGABYTE, 0),
  };
}

function settingsOf(policy: ObjectStorePolicy): Setting[] {
  return [
    figure(policy, "parallel", {
      name: "parallel",
      about: "Parts of one upload under way at once: one upload gets faster by more, and all others slower.",
      unit: "count",
      min: 1,
      max: 64,
    }),
    figure(policy, "uploads", {
      name: "uploads",
      about: "Uploads in progress per node; beyond that it refuses, rather than let all of them crawl.",
      unit: "count",
      min: 1,
      max: 10_000,
    }),
  ];
}

export const objectStore: ComponentKind<ObjectStoreConfig, BuiltObjectStore> = {
  kind: "objectStore",
  about: "Takes in large objects part by part, and tells a queue of each one that is complete.",
  source: "Multipart upload of Amazon S3, user guide, \"Uploading and copying objects using multipart upload\".",
  simplified: [
    "The line between a client and the cluster is not simulated: parts take time on the lines of the nodes.",
    "An object lives in one copy of each part; reading one answers the tickets of a key and moves no megabytes.",
    "Parts of uploads that were given up are never cleared away.",
  ],
  config: ObjectStoreConfig,
  takes: () => ["read", "upload"],
  references: ({ on, tells }) => [
    ...refersTo("node", "on", on),
    ...refersTo("component", "tells", tells === undefined ? [] : [tells], ["queue"]),
  ],
  gauges: [
    { name: "uploads", unit: "count", combine: "sum" },
    { name: "parts waiting", unit: "count", combine: "sum" },
    { name: "objects", unit: "count", combine: "sum" },
    { name: "parts sent again", unit: "count", combine: "sum" },
  ],
  build: buildObjectStore,
};

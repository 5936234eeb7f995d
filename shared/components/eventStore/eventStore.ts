import { WRITE_BYTES } from "../../sim/messageSize.ts";
import { refersTo, type ComponentKind } from "../component.ts";
import { rollbackOrder } from "../rollback.ts";
import { figure } from "../setting.ts";
import type { Built, Setting, Site } from "../site.ts";
import { EventStoreConfig, type EventStorePolicy } from "./config.ts";
import { EventNode, type EventStorePlan } from "./eventNode.ts";

/** An event store that was built. */
export interface BuiltEventStore extends Built {
  readonly kind: "eventStore";
  readonly policy: EventStorePolicy;
}

function buildEventStore(site: Site, index: number, name: string, config: EventStoreConfig): BuiltEventStore {
  const policy: EventStorePolicy = { snapshotEvery: config.snapshotEvery, schema: 1 };
  const plan: EventStorePlan = { name, config, policy };
  const nodes: EventNode[] = [];
  const instances = config.on.map((nodeName) => {
    const node = site.node(nodeName);
    const machine = site.world.machines[node]!;
    const process = site.world.addProcess({ machine: node }, (self) => {
      const store = new EventNode({ world: site.world, self, machine, index }, plan);
      nodes.push(store);
      return store;
    });
    const store = nodes.at(-1)!;
    return { process, node, zone: machine.zone, gauges: () => store.gauges() };
  });
  const byKey = instances.map((instance) => [instance]);
  return {
    index,
    name,
    kind: "eventStore",
    summary: `event store · ${config.keys} streams on ${instances.length} ${instances.length === 1 ? "node" : "nodes"}`,
    instances,
    keys: config.keys,
    instancesFor: (key) => byKey[key % byKey.length]!,
    shardOf: (key) => key,
    reaches: [index],
    storedBytes: () => nodes.reduce((sum, { changes }) => sum + changes * WRITE_BYTES, 0),
    policy,
    settings: settingsOf(policy),
    orders: [rollbackOrder(site.world, index)],
  };
}

function settingsOf(policy: EventStorePolicy): Setting[] {
  return [
    figure(policy, "snapshotEvery", {
      name: "snapshotEvery",
      about: "Events of a stream between two snapshots: without them every request folds the stream from its start. 0 takes none.",
      unit: "count",
      min: 0,
      max: 10_000,
    }),
    figure(policy, "schema", {
      name: "schema",
      about: "Version of the events' schema: a new one makes the snapshots useless, and older events are upcast at each load.",
      unit: "count",
      min: 1,
      max: 9,
    }),
  ];
}

export const eventStore: ComponentKind<EventStoreConfig, BuiltEventStore> = {
  kind: "eventStore",
  about: "Keeps what happened, one stream of events per aggregate, and folds the state out of it; nothing is overwritten.",
  source: "Fowler 2005, \"Event Sourcing\"; Young 2010, \"CQRS Documents\".",
  simplified: [
    "A stream lives on one node: while that is down it can't be reached, and with its disk it is lost.",
    "Taking a snapshot costs no CPU time of its own.",
  ],
  config: EventStoreConfig,
  takes: () => ["read", "append"],
  references: ({ on }) => refersTo("node", "on", on),
  gauges: [
    { name: "events", unit: "count", combine: "sum" },
    { name: "snapshot age", unit: "count", combine: "max" },
    { name: "conflicts", unit: "count", combine: "sum" },
  ],
  build: buildEventStore,
};

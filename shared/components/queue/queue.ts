import { WRITE_BYTES } from "../../sim/messageSize.ts";
import { refersTo, type ComponentKind } from "../component.ts";
import { rollbackOrder } from "../rollback.ts";
import { choice, figure } from "../setting.ts";
import type { Built, Instance, Order, Setting, Site } from "../site.ts";
import { Broker, type QueuePlan } from "./broker.ts";
import { DELIVERIES, QueueConfig, type QueuePolicy } from "./config.ts";

/** A queue that was built. */
export interface BuiltQueue extends Built {
  readonly kind: "queue";
  readonly partitions: number;
  readonly policy: QueuePolicy;
  /** Adds a consumer group, which gets every message once it has asked for it; returns its number. */
  subscribe(group: string): number;
  /** The broker that has a partition, and the one that coordinates all groups. */
  brokerOf(partition: number): Instance;
  readonly coordinator: Instance;
}

function buildQueue(site: Site, index: number, name: string, config: QueueConfig): BuiltQueue {
  const { delivery, maxDeliveries, bound } = config;
  const policy: QueuePolicy = { delivery, maxDeliveries, bound };
  const plan: QueuePlan = { name, config, policy, groups: [] };
  const brokers = config.on.map((nodeName, place) => {
    const node = site.node(nodeName);
    const machine = site.world.machines[node]!;
    const numbers = Array.from({ length: config.partitions }, (_, number) => number);
    const own = numbers.filter((number) => number % config.on.length === place);
    let broker: Broker | undefined;
    const process = site.world.addProcess({ machine: node }, (self) => {
      broker = new Broker({ world: site.world, self, machine, index }, plan, own, place === 0);
      return broker;
    });
    return { broker: broker!, instance: { process, node, zone: machine.zone, gauges: () => broker!.gauges() } };
  });
  const instances: readonly Instance[] = brokers.map(({ instance }) => instance);
  const byPartition = Array.from({ length: config.partitions }, (_, number) => [instances[number % instances.length]!]);
  return {
    index,
    name,
    kind: "queue",
    summary: `queue · ${config.partitions} partitions on ${instances.length} ${instances.length === 1 ? "broker" : "brokers"}`,
    instances,
    keys: config.keys,
    instancesFor: (key) => byPartition[key % config.partitions]!,
    shardOf: (key) => key % config.partitions,
    reaches: [index],
    partitions: config.partitions,
    policy,
    subscribe: (group) => plan.groups.push(group) - 1,
    brokerOf: (partition) => byPartition[partition]![0]!,
    coordinator: instances[0]!,
    settings: settingsOf(policy),
    orders: [replayOrder(brokers.map(({ broker }) => broker)), rollbackOrder(site.world, index)],
    storedBytes: () => brokers.reduce((sum, { broker }) => sum + broker.kept * WRITE_BYTES, 0),
  };
}

function settingsOf(policy: QueuePolicy): Setting[] {
  return [
    choice(policy, "delivery", {
      name: "delivery",
      about: "At most once commits a message before it is done and loses it in a crash; at least once commits it afterwards and may do it twice.",
      choices: DELIVERIES,
    }),
    figure(policy, "maxDeliveries", {
      name: "maxDeliveries",
      about: "How often a message is delivered before it is put aside; until then it holds up all that is behind it.",
      unit: "count",
      min: 1,
      max: 100,
    }),
    figure(policy, "bound", {
      name: "bound",
      about: "Messages that may wait in a partition: a low bound refuses early, a high one lets everybody wait.",
      unit: "count",
      min: 1,
      max: 1_000_000,
    }),
  ];
}

/** The order that puts dead letters back. */
function replayOrder(brokers: readonly Broker[]): Order {
  return {
    verb: "replay",
    about: "Puts all dead letters back at the end of the queue, where its brokers are up; those that still fail come back.",
    durationMs: 1_000,
    refuse: () => (brokers.every(({ deadLetters }) => deadLetters === 0) ? "There are no dead letters to replay." : null),
    run: () => {
      for (const broker of brokers) broker.replay();
    },
  };
}

export const queue: ComponentKind<QueueConfig, BuiltQueue> = {
  kind: "queue",
  about: "A partitioned log: publishers append to it, and each group of consumers reads it in order, partition by partition.",
  source: "Kreps, Narkhede & Rao 2011 (Kafka); Apache Kafka documentation, sections 4.6 and 4.7.",
  simplified: [
    "A partition lives on one node: while that is down it can be neither written nor read, and with its disk it is lost.",
    "The coordinator of the consumer groups stands on the first node; while that is down nobody joins or leaves.",
    "Messages are dropped once every group is done with them, rather than after a time.",
  ],
  config: QueueConfig,
  takes: () => ["publish"],
  references: ({ on }) => refersTo("node", "on", on),
  gauges: [
    { name: "depth", unit: "count", combine: "sum" },
    { name: "lag", unit: "ms", combine: "max" },
    { name: "dead letters", unit: "count", combine: "sum", pagesAbove: 0 },
    { name: "in flight", unit: "count", combine: "sum" },
  ],
  build: buildQueue,
};

import { refersTo, type ComponentKind } from "../component.ts";
import type { BuiltQueue } from "../queue/queue.ts";
import { rollbackOrder } from "../rollback.ts";
import { figure, toggle } from "../setting.ts";
import type { Built, Setting, Site } from "../site.ts";
import { WorkerConfig, type WorkerPolicy } from "./config.ts";
import { Consumer } from "./consumer.ts";
import type { WorkerPlan } from "./groupMember.ts";

/** A worker that was built. */
export interface BuiltWorker extends Built {
  readonly kind: "worker";
  readonly policy: WorkerPolicy;
}

/** Stands for the fault that a bad release came with, when it ran before the match began. */
const FROM_THE_START = -1;

function buildWorker(site: Site, index: number, name: string, config: WorkerConfig): BuiltWorker {
  const { concurrency, prefetch, notify, poll: pollMs, idempotent } = config;
  const policy: WorkerPolicy = { concurrency, prefetch, notify, pollMs, idempotent };
  const queue = site.built(config.from) as BuiltQueue;
  const plan: WorkerPlan = { name, config, policy, queue, target: site.built(config.calls), group: queue.subscribe(name) };
  if (config.poison > 0) site.world.releases.deploy(index, FROM_THE_START, config.poison);
  const instances = config.on.map((nodeName) => {
    const node = site.node(nodeName);
    const machine = site.world.machines[node]!;
    let consumer: Consumer | undefined;
    const process = site.world.addProcess({ machine: node }, (self) => {
      consumer = new Consumer({ world: site.world, self, machine, index }, plan);
      return consumer;
    });
    return { process, node, zone: machine.zone, gauges: () => consumer!.gauges() };
  });
  return {
    index,
    name,
    kind: "worker",
    summary: `worker · ${instances.length} ${instances.length === 1 ? "instance" : "instances"} · ${config.does}`,
    instances,
    keys: 1,
    instancesFor: () => [],
    reaches: [],
    policy,
    settings: settingsOf(policy),
    orders: [rollbackOrder(site.world, index)],
  };
}

function settingsOf(policy: WorkerPolicy): Setting[] {
  return [
    figure(policy, "concurrency", {
      name: "concurrency",
      about: "Partitions that an instance works on at once; more keep its CPU, and what it writes to, busier.",
      unit: "count",
      min: 1,
      max: 64,
    }),
    figure(policy, "prefetch", {
      name: "prefetch",
      about: "Messages fetched and committed at a time: fewer round trips, but more is done again after a crash.",
      unit: "count",
      min: 1,
      max: 1_000,
    }),
    toggle(policy, "notify", {
      name: "notify",
      about: "Be told of new messages at once; off, it polls, which asks in vain and comes late.",
    }),
    figure(policy, "pollMs", {
      name: "poll",
      about: "Time between two polls: short ones ask in vain, long ones come late.",
      unit: "ms",
      min: 10,
      max: 60_000,
    }),
    toggle(policy, "idempotent", {
      name: "idempotent",
      about: "Names each message with its effect, so that a message delivered twice takes effect once.",
    }),
  ];
}

export const worker: ComponentKind<WorkerConfig, BuiltWorker> = {
  kind: "worker",
  about: "Consumes a queue as one group: works on each message and writes its effect to another component.",
  source: "Kreps, Narkhede & Rao 2011 (Kafka); competing consumers and idempotent receiver: Hohpe & Woolf 2003, chapter 10.",
  simplified: [
    "The messages of a partition are worked on one after another, so an instance is never busier than its partitions.",
    "A message that fails holds up its partition until it succeeds or is put aside.",
  ],
  config: WorkerConfig,
  takes: () => [],
  references: ({ on, from, calls }) => [
    ...refersTo("node", "on", on),
    ...refersTo("component", "from", [from], ["queue"]),
    ...refersTo("component", "calls", [calls]),
  ],
  gauges: [
    { name: "partitions", unit: "count", combine: "sum" },
    { name: "in hand", unit: "count", combine: "sum" },
    { name: "processed", unit: "count", combine: "sum" },
    { name: "failed deliveries", unit: "count", combine: "sum" },
  ],
  stands: "beside",
  build: buildWorker,
};

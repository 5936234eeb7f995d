import type { OperationKind } from "../../core/operations.ts";
import { refersTo, type ComponentKind } from "../component.ts";
import type { BuiltProjection } from "../projection/projection.ts";
import { rollbackOrder } from "../rollback.ts";
import { figure, toggle } from "../setting.ts";
import type { Built, Setting, Site } from "../site.ts";
import { CqrsConfig, type CqrsPolicy } from "./config.ts";
import { Desk, type CqrsPlan } from "./desk.ts";

/** A front with two sides that was built. */
export interface BuiltCqrs extends Built {
  readonly kind: "cqrs";
  readonly policy: CqrsPolicy;
}

/** Kinds of component that take commands, by what clients give. */
const SIDES = { publish: ["queue", "table", "eventStore"], upload: ["objectStore"] } as const;

/** How a kind of component calls a command. */
const COMMANDS: Readonly<Record<string, OperationKind>> = {
  queue: "publish",
  table: "append",
  eventStore: "append",
  objectStore: "upload",
};

function buildCqrs(site: Site, index: number, name: string, config: CqrsConfig): BuiltCqrs {
  const policy: CqrsPolicy = { waits: config.waits, workers: config.workers, pollMs: config.poll };
  const commands = site.built(config.commands);
  const queries = site.built(config.queries);
  const writesTwice = (): boolean => queries.kind === "projection" && (queries as BuiltProjection).isWrittenBeside();
  const plan: CqrsPlan = { name, config, policy, commands, queries, command: COMMANDS[commands.kind]!, writesTwice };
  const instances = config.on.map((nodeName) => {
    const node = site.node(nodeName);
    const machine = site.world.machines[node]!;
    let desk: Desk | undefined;
    const process = site.world.addProcess({ machine: node }, (self) => {
      desk = new Desk({ world: site.world, self, machine, index }, plan);
      return desk;
    });
    return { process, node, zone: machine.zone, gauges: () => desk!.gauges() };
  });
  return {
    index,
    name,
    kind: "cqrs",
    summary: `commands to ${commands.name}, queries to ${queries.name} · ${instances.length} ${instances.length === 1 ? "instance" : "instances"}`,
    instances,
    keys: commands.keys,
    instancesFor: () => instances,
    reaches: [index],
    policy,
    settings: settingsOf(policy),
    orders: [rollbackOrder(site.world, index)],
  };
}

function settingsOf(policy: CqrsPolicy): Setting[] {
  return [
    toggle(policy, "waits", {
      name: "waits",
      about: "Answer a command once its effect shows, which holds a worker all the while; off, it answers once it is accepted.",
    }),
    figure(policy, "workers", {
      name: "workers",
      about: "Requests per instance in progress at once; more let more of them wait on what is slow.",
      unit: "count",
      min: 1,
      max: 1_000,
    }),
    figure(policy, "pollMs", {
      name: "poll",
      about: "Time between two looks whether a command has taken effect: short ones load the query side.",
      unit: "ms",
      min: 10,
      max: 60_000,
    }),
  ];
}

export const cqrs: ComponentKind<CqrsConfig, BuiltCqrs> = {
  kind: "cqrs",
  about: "Stands before two sides of the same data: commands go to the one, reads and searches to the other.",
  source: "Command query responsibility segregation: Young 2010; Fowler 2011.",
  config: CqrsConfig,
  takes: ({ accepts }) => [accepts, "read", "search"],
  references: ({ on, accepts, commands, queries }) => [
    ...refersTo("node", "on", on),
    ...refersTo("component", "commands", [commands], SIDES[accepts]),
    ...refersTo("component", "queries", [queries], ["table", "projection", "eventStore"]),
  ],
  gauges: [
    { name: "in hand", unit: "count", combine: "sum" },
    { name: "waiting", unit: "count", combine: "sum" },
    { name: "second writes failed", unit: "count", combine: "sum", pagesAbove: 0 },
  ],
  build: buildCqrs,
};

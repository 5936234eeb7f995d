import type { Stream } from "../core/random.ts";
import type { ProcessId } from "../sim/process.ts";
import type { World } from "../sim/world.ts";

/** One place where a component can be asked. */
export interface Instance {
  readonly process: ProcessId;
  /** Machine it stands on. */
  readonly node: number;
  readonly zone: number;
  /** What it tells monitoring of itself, one figure per `ComponentKind.gauges`, in their order. */
  gauges?(): readonly number[];
}

/** Something about a component that operators may set during a match. */
export interface Setting {
  /** One word in camel case, such as "timeout". */
  readonly name: string;
  /** One sentence: what it does, and what it costs to overdo it. */
  readonly about: string;
  /** What its number means; a switch is 0 or 1, a choice an index into `choices`. */
  readonly unit: "ms" | "count" | "share" | "perSecond" | "switch" | "choice";
  readonly min: number;
  readonly max: number;
  readonly choices?: readonly string[];
  get(): number;
  set(value: number): void;
}

/** Something that operators may order a component to do once, such as a repair. */
export interface Order {
  /** The verb that gives it, such as "repair". */
  readonly verb: string;
  /** One sentence: what it does, and what it costs. */
  readonly about: string;
  /** How long the order takes to get going, ms; what it starts then takes its own time in the simulation. */
  readonly durationMs: number;
  /** Why it makes no sense now, as one sentence for a player; null when it does. */
  refuse(): string | null;
  run(): void;
}

/** A component that was built: where it stands, whom to ask for a key, and what operators may do to it. */
export interface Built {
  readonly index: number;
  readonly name: string;
  readonly kind: string;
  /** One line of what it is: "store · 3 replicas · Raft". */
  readonly summary: string;
  readonly instances: readonly Instance[];
  /** How many keys it has; workloads choose among them. */
  readonly keys: number;
  /** The instances that can answer for a key: those of its shard, or all. */
  instancesFor(key: number): readonly Instance[];
  /** Shard of a key; a session's positions are kept by shard. Components without shards have one. */
  shardOf?(key: number): number;
  /** Indices of the components that a request may be sent to through this one, its own among them if it answers any. */
  readonly reaches: readonly number[];
  /** The component that this one asks for a target that it reaches, undefined when it answers itself. */
  next?(target: number): Built | undefined;
  /** For what stands at the edge: the process that clients of a zone ask. */
  entry?(zone: number): ProcessId;
  /** Bytes that all its copies keep on disks now: a provider bills them. */
  storedBytes?(): number;
  readonly settings?: readonly Setting[];
  readonly orders?: readonly Order[];
}

/** What a component may know while it is built: the world, and what was built before it. */
export interface Site {
  readonly world: World;
  /** Index of a zone or machine by its name in the level; the level's parser has made sure that it exists. */
  zone(name: string): number;
  node(name: string): number;
  /** A component that this one refers to: what is referred to is built first. */
  built(name: string): Built;
  /** All that was built so far. */
  everything(): readonly Built[];
}

/** By target, which of the components asked directly leads there: each reaches itself first, then what lies behind it. */
export function routesOver(callees: readonly Built[]): ReadonlyMap<number, Built> {
  const routes = new Map<number, Built>();
  for (const callee of callees) if (callee.reaches.includes(callee.index)) routes.set(callee.index, callee);
  for (const callee of callees) {
    for (const target of callee.reaches) if (!routes.has(target)) routes.set(target, callee);
  }
  return routes;
}

/** An instance of the own zone when there is one, any other otherwise. One draw of luck either way. */
export function nearest(instances: readonly Instance[], zone: number, luck: Stream): Instance {
  const near = instances.filter((instance) => instance.zone === zone);
  const choice = near.length > 0 ? near : instances;
  return choice[Math.floor(luck() * choice.length)]!;
}

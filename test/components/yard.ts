import type { BuiltPartner } from "../../shared/components/partner.ts";
import { componentOf, type ComponentName } from "../../shared/components/registry.ts";
import type { Built, Site } from "../../shared/components/site.ts";
import { invariant } from "../../shared/core/invariant.ts";
import type { OperationKind } from "../../shared/core/operations.ts";
import { usOf, type Ms } from "../../shared/core/time.ts";
import type { Reply } from "../../shared/sim/message.ts";
import { World } from "../../shared/sim/world.ts";
import { uniformKeys, zipfKeys, type KeyChooser } from "../../shared/workload/keys.ts";
import { Traffic, type Asked, type Ending, type Observer } from "../../shared/workload/traffic.ts";

/** Machines and components without a level: zones are A, B, C …, links take no time unless they are said to. */
export interface YardSetup {
  readonly seed: string;
  readonly zones?: number;
  readonly linkMs?: Ms;
  /** By name; a zone of "A", 4 workers and a queue without end by default. */
  readonly machines: Readonly<Record<string, { zone?: string; workers?: number; queueCap?: number }>>;
  /** By name, as a level writes them, callees first. */
  readonly components: Readonly<Record<string, { readonly kind: ComponentName; readonly [line: string]: unknown }>>;
}

/** Clients who ask one component, through another. */
export interface Ask {
  readonly via: string;
  readonly to: string;
  readonly kind?: OperationKind;
  readonly perSecond: number;
  readonly fromMs?: Ms;
  readonly untilMs: Ms;
  readonly keys?: number;
  /** Chooses keys in another way. */
  readonly choose?: KeyChooser;
  /** Exponent of Zipf's law; uniform by default. */
  readonly zipf?: number;
  readonly giveUpMs?: Ms;
  readonly priority?: number;
  readonly sessions?: number;
  readonly zone?: string;
  /** For operations that are about so much of something: money, megabytes. */
  readonly amount?: number;
}

/** One request as its client saw it; `reply` is null while it waits, and when it gave up. */
export interface Seen {
  /** Which operation it is, in the order in which all clients of the yard ask. */
  readonly id: number;
  readonly atMs: Ms;
  readonly asked: Asked;
  tookMs: Ms;
  reply: Reply | null;
}

/** A yard and what its clients saw. */
export class Yard implements Observer {
  readonly world: World;
  readonly #built = new Map<string, Built>();
  readonly #names: readonly string[];
  readonly #traffic: Traffic;
  readonly #seen: Seen[] = [];

  constructor({ seed, zones = 1, linkMs = 0, machines, components }: YardSetup) {
    this.world = new World(
      zones,
      (from, to) => ({ p50Ms: from === to ? 0 : linkMs, p99Ms: from === to ? 0 : linkMs }),
      seed,
    );
    for (const [name, { zone = "A", workers = 4, queueCap = Infinity }] of Object.entries(machines)) {
      this.world.addMachine({ name, zone: zoneOf(zone), workers, queueCap, syncUs: 1 });
    }
    this.#names = Object.keys(components);
    for (const [index, name] of this.#names.entries()) {
      const kind = componentOf(components[name]!.kind);
      this.#built.set(name, kind.build(this.#site(), index, name, kind.config.parse(components[name])));
    }
    this.#traffic = new Traffic(this.world, this);
  }

  get(name: string): Built {
    const built = this.#built.get(name);
    invariant(built !== undefined, `yard: there is no ${name}`);
    return built;
  }

  /** The partner of this name. */
  partner(name: string): BuiltPartner {
    return this.get(name) as BuiltPartner;
  }

  /** Clients from now on; the answer names them for `seen`. */
  ask({
    via,
    to,
    kind = "read",
    perSecond,
    fromMs = 0,
    untilMs,
    keys = 1,
    zipf = 0,
    choose = zipf === 0 ? uniformKeys(keys) : zipfKeys(keys, zipf),
    giveUpMs = 1e7,
    priority = 1,
    sessions = 40,
    zone = "A",
    amount = 1,
  }: Ask): number {
    const entrance = this.get(via);
    const source = this.#traffic.sources;
    return this.#traffic.add({
      zone: zoneOf(zone),
      target: this.get(to).index,
      entry: entrance.entry?.(zoneOf(zone)) ?? entrance.instancesFor(0)[0]!.process,
      kind,
      shardOf: (key) => this.get(to).shardOf?.(key) ?? 0,
      ramp: { beginsUs: usOf(fromMs), endsUs: usOf(untilMs), fromPerSecond: perSecond, toPerSecond: perSecond },
      keys: choose,
      others: uniformKeys(1),
      amount: { least: amount, most: amount },
      priority,
      value: 1,
      sessions,
      giveUpUs: usOf(giveUpMs),
      name: `asks/${source}`,
    });
  }

  /** Goes on until this time of the match. */
  runUntil(atMs: Ms): void {
    this.world.kernel.runUntil(usOf(atMs));
  }

  /** What clients of a source saw of what they asked between two times. */
  seen(source: number, fromMs: Ms = 0, untilMs: Ms = Infinity): readonly Seen[] {
    return this.#seen.filter(({ asked, atMs }) => asked.source === source && atMs >= fromMs && atMs < untilMs);
  }

  /** Share of these requests that were answered well. */
  served(source: number, fromMs: Ms = 0, untilMs: Ms = Infinity): number {
    const all = this.seen(source, fromMs, untilMs);
    return all.filter(({ reply }) => reply?.outcome === "ok").length / all.length;
  }

  /** A figure that an instance of a component tells monitoring. */
  gauge(component: string, name: string, instance = 0): number {
    const built = this.get(component);
    const place = componentOf(built.kind as ComponentName).gauges?.findIndex((gauge) => gauge.name === name) ?? -1;
    invariant(place >= 0, `yard: ${component} has no gauge ${name}`);
    return built.instances[instance]!.gauges!()[place]!;
  }

  /** Sets what operators may set. */
  set(component: string, setting: string, value: number): void {
    const found = this.get(component).settings?.find(({ name }) => name === setting);
    invariant(found !== undefined, `yard: ${component} has no setting ${setting}`);
    found.set(value);
  }

  invoked(asked: Asked): number {
    this.#seen.push({ id: this.#seen.length, atMs: this.#nowMs, asked, tookMs: Infinity, reply: null });
    return this.#seen.length - 1;
  }

  ended({ operation, reply }: Ending): void {
    const seen = this.#seen[operation]!;
    seen.tookMs = this.#nowMs - seen.atMs;
    seen.reply = reply;
  }

  get #nowMs(): Ms {
    return this.world.kernel.nowUs / 1_000;
  }

  #site(): Site {
    return {
      world: this.world,
      zone: zoneOf,
      node: (name) => this.world.machines.findIndex((machine) => machine.name === name),
      built: (name) => this.get(name),
      everything: () => [...this.#built.values()],
    };
  }
}

function zoneOf(name: string): number {
  return name.charCodeAt(0) - "A".charCodeAt(0);
}

/** How many requests reached each component, by index, from the moment on that this is called. */
export function countArrivals(world: World): number[] {
  const counts: number[] = [];
  world.instruments = {
    arrived: (component) => void (counts[component] = (counts[component] ?? 0) + 1),
    left: () => undefined,
    closed: () => undefined,
    lost: () => undefined,
  };
  return counts;
}

import { invariant } from "../core/invariant.ts";
import { usOf, type Us } from "../core/time.ts";
import { buildBalancer, type BuiltBalancer } from "../components/balancer.ts";
import { buildMonitor, type BuiltMonitor, type Monitor } from "../components/monitor/monitor.ts";
import { buildService, type BuiltService } from "../components/service.ts";
import type { Built, Site } from "../components/site.ts";
import { Store } from "../components/store/store.ts";
import type { Level } from "../level/schema.ts";
import type { LinkSetup } from "../sim/network.ts";
import { World } from "../sim/world.ts";
import { keyChooser } from "../workload/source.ts";
import { Traffic, type Observer } from "../workload/traffic.ts";

export type Component = Store | BuiltService | BuiltBalancer | BuiltMonitor;

/** A machine's size and price over a match: the part of it that money decides. */
export interface Rent {
  size: number;
  readonly sizes: readonly { readonly workers: number; readonly price: number }[];
}

/**
 * A level come to life: the world, its components in the level's order, and the users. Indices of zones, machines and
 * components are those of the level file's order, in views too.
 */
export class Cluster {
  readonly level: Level;
  readonly world: World;
  readonly zoneNames: readonly string[];
  readonly nodeNames: readonly string[];
  readonly components: readonly Component[];
  readonly rents: readonly Rent[];
  readonly traffic: Traffic;
  /** Names of the components that the requests of each source pass, balancer first, store last. */
  readonly paths: readonly string[][];
  readonly monitor: Monitor;

  constructor(level: Level, seed: string, observer: Observer) {
    this.level = level;
    this.zoneNames = level.zones;
    this.nodeNames = Object.keys(level.nodes);
    this.world = new World(level.zones.length, (from, to) => this.#link(from, to), seed);
    this.rents = Object.values(level.nodes).map((node) => ({
      size: 0,
      sizes: node.sizes ?? [{ workers: node.workers, price: node.price }],
    }));
    this.#addMachines();
    this.components = this.#build();
    this.monitor = this.#findMonitor();
    this.traffic = new Traffic(this.world, observer);
    this.paths = this.#addSources();
  }

  zone(name: string): number {
    return this.zoneNames.indexOf(name);
  }

  node(name: string): number {
    return this.nodeNames.indexOf(name);
  }

  component(name: string): Component | undefined {
    return this.components.find((component) => component.name === name);
  }

  stores(): readonly Store[] {
    return this.components.filter((component): component is Store => component.kind === "store");
  }

  balancers(): readonly BuiltBalancer[] {
    return this.components.filter((component): component is BuiltBalancer => component.kind === "balancer");
  }

  services(): readonly BuiltService[] {
    return this.components.filter((component): component is BuiltService => component.kind === "service");
  }

  #link(from: number, to: number): LinkSetup {
    const { level } = this;
    if (from === to) return { p50Ms: level.within.p50, p99Ms: level.within.p99 };
    const [a, b] = [level.zones[from]!, level.zones[to]!];
    const link = level.links[`${a}-${b}`] ?? level.links[`${b}-${a}`] ?? { p50: 10, p99: 25 };
    return { p50Ms: link.p50, p99Ms: link.p99 };
  }

  #addMachines(): void {
    Object.entries(this.level.nodes).forEach(([name, node], index) => {
      const workers = this.rents[index]!.sizes[0]!.workers;
      const machine = this.world.addMachine({ name, zone: this.zone(node.zone), workers, queueCap: node.queue, syncUs: usOf(node.sync) });
      if (node.standby) machine.state = "off";
    });
  }

  /** Builds callees before callers, and gives every component the index of its place in the level file. */
  #build(): Component[] {
    const entries = Object.entries(this.level.components);
    const built = new Map<string, Component>();
    const site: Site = {
      world: this.world,
      zone: (name) => this.zone(name),
      node: (name) => this.node(name),
      built: (name): Built => {
        const found = built.get(name);
        invariant(found !== undefined, `cluster: ${name} is called before it is built`);
        return found;
      },
    };
    const index = (name: string) => entries.findIndex(([entry]) => entry === name);
    for (const [name, config] of entries) if (config.kind === "store") built.set(name, new Store(site, index(name), name, config));
    for (const [name, config] of entries) if (config.kind === "service") built.set(name, buildService(site, index(name), name, config));
    for (const [name, config] of entries) if (config.kind === "balancer") built.set(name, buildBalancer(site, index(name), name, config));
    const stores = [...built.values()].filter((component): component is Store => component.kind === "store");
    for (const [name, config] of entries) if (config.kind === "monitor") built.set(name, buildMonitor(site, index(name), name, config, stores));
    return entries.map(([name]) => built.get(name)!);
  }

  #findMonitor(): Monitor {
    const found = this.components.find((component): component is BuiltMonitor => component.kind === "monitor");
    invariant(found !== undefined, "cluster: a level without a monitor passed its schema");
    return found.monitor;
  }

  #addSources(): string[][] {
    const { level } = this;
    return level.workload.flatMap((line, place) => {
      const store = this.component(line.to) as Store;
      const balancer = this.balancers().find(({ name }) => name === line.via) ?? this.balancers()[0]!;
      const { answerWithin, giveUpAfter } = level.contract[line.to]!;
      const path = this.#path(balancer.name, line.to);
      return line.from.map((zoneName) => {
        const zone = this.zone(zoneName);
        this.traffic.add({
          zone,
          store: store.index,
          entry: balancer.entry(zone),
          kind: line.op,
          shardOf: (key) => store.shardOf(key),
          ramp: {
            beginsUs: usOf(line.begins ?? 0),
            endsUs: usOf(line.ends ?? level.lasts),
            ...line.rate,
          },
          keys: keyChooser(line.keys, store.config.keys),
          value: line.value,
          sessions: line.sessions,
          giveUpUs: giveUpUs(answerWithin, giveUpAfter),
          name: `${place}/${zoneName}`,
        });
        return path;
      });
    });
  }

  /** A balancer passes requests for a store that it knows straight on, and others to the first thing it balances over. */
  #path(balancer: string, store: string): string[] {
    const config = this.level.components[balancer]!;
    const next = config.kind === "balancer" && !config.to.includes(store) ? config.to[0]! : store;
    return next === store ? [balancer, store] : [balancer, next, store];
  }
}

/** When clients stop waiting. */
function giveUpUs(answerWithinMs: number, giveUpAfterMs: number | undefined): Us {
  return usOf(giveUpAfterMs ?? answerWithinMs * 3);
}

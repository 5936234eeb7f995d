import { invariant } from "../core/invariant.ts";
import { usOf, type Us } from "../core/time.ts";
import type { BuiltBalancer } from "../components/balancer.ts";
import type { Alerting, BuiltMonitor, Monitor, MonitorConfig } from "../components/monitor/monitor.ts";
import { componentOf, type Component } from "../components/registry.ts";
import type { BuiltService } from "../components/service/service.ts";
import type { Built, Site } from "../components/site.ts";
import type { Store } from "../components/store/store.ts";
import { buildOrder } from "../level/buildOrder.ts";
import type { Level } from "../level/schema.ts";
import type { LinkSetup } from "../sim/lane.ts";
import { World } from "../sim/world.ts";
import { keyChooser } from "../workload/source.ts";
import { Traffic, type Observer } from "../workload/traffic.ts";

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
  /** Names of the components that the requests of each source pass as things are set, balancer first, store last. */
  readonly paths: string[][] = [];
  readonly monitor: Monitor;
  readonly watching: MonitorConfig;
  readonly alerting: Alerting;
  readonly #ways: readonly Way[];

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
    const { monitor, config, alerting } = this.#findMonitor();
    this.monitor = monitor;
    this.watching = config;
    this.alerting = alerting;
    this.traffic = new Traffic(this.world, observer);
    this.#ways = this.#addSources();
    this.retrace();
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
    const [a, b] = [level.zones[from]!, level.zones[to]!];
    const between = level.links[`${a}-${b}`] ?? level.links[`${b}-${a}`] ?? { p50: 10, p99: 25 };
    const { p50, p99, bandwidth } = from === to ? level.within : { bandwidth: undefined, ...between };
    return { p50Ms: p50, p99Ms: p99, bytesPerSecond: bandwidth ?? Infinity };
  }

  #addMachines(): void {
    Object.entries(this.level.nodes).forEach(([name, node], index) => {
      const workers = this.rents[index]!.sizes[0]!.workers;
      const machine = this.world.addMachine({
        name,
        zone: this.zone(node.zone),
        workers,
        queueCap: node.queue,
        syncUs: usOf(node.sync),
        ...(node.clock === undefined ? {} : { clock: { skewUs: usOf(node.clock.skew), driftPpm: node.clock.drift, sinceUs: 0 } }),
      });
      if (node.standby) machine.state = "off";
    });
  }

  /** Builds callees before callers, and gives every component the index of its place in the level file. */
  #build(): Component[] {
    const names = Object.keys(this.level.components);
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
      everything: () => [...built.values()],
    };
    for (const name of buildOrder(this.level.components)) {
      const config = this.level.components[name]!;
      built.set(name, componentOf(config.kind).build(site, names.indexOf(name), name, config) as Component);
    }
    return names.map((name) => built.get(name)!);
  }

  #findMonitor(): BuiltMonitor {
    const found = this.components.find((component): component is BuiltMonitor => component.kind === "monitor");
    invariant(found !== undefined, "cluster: a level without a monitor passed its schema");
    return found;
  }

  /** Follows the requests of every source anew: a balancer may have been set to another way. */
  retrace(): void {
    this.#ways.forEach(({ entrance, target }, source) => (this.paths[source] = pathTo(entrance, target)));
  }

  #addSources(): Way[] {
    const { level } = this;
    return level.workload.flatMap((line, place) => {
      const target = this.component(line.to)!;
      const entrance = this.#entrance(line.via);
      const { answerWithin, giveUpAfter } = level.contract[line.to]!;
      return line.from.map((zoneName) => {
        const zone = this.zone(zoneName);
        this.traffic.add({
          zone,
          target: target.index,
          entry: entrance.entry!(zone),
          kind: line.op,
          shardOf: (key) => target.shardOf?.(key) ?? 0,
          ramp: {
            beginsUs: usOf(line.begins ?? 0),
            endsUs: usOf(line.ends ?? level.lasts),
            ...line.rate,
          },
          keys: keyChooser(line.keys, target.keys),
          others: keyChooser(line.others, target.keys),
          amount: line.amount,
          priority: line.priority,
          value: line.value,
          sessions: line.sessions,
          giveUpUs: giveUpUs(answerWithin, giveUpAfter),
          name: `${place}/${zoneName}`,
        });
        return { entrance, target: target.index };
      });
    });
  }

  /** Whom clients ask: what the workload's line names, or the first component that stands at the edge. */
  #entrance(via: string | undefined): Built {
    const entrances: readonly Built[] = this.components.filter((component: Built) => component.entry !== undefined);
    return entrances.find(({ name }) => name === via) ?? entrances[0]!;
  }
}

/** From where to where the requests of a source go. */
interface Way {
  readonly entrance: Built;
  readonly target: number;
}

/** Names of the components that a request passes from the edge to its target, both included. */
function pathTo(entrance: Built, target: number): string[] {
  const path = [entrance.name];
  for (let at: Built | undefined = entrance; at !== undefined && at.index !== target; ) {
    at = at.next?.(target);
    if (at !== undefined) path.push(at.name);
  }
  return path;
}

/** When clients stop waiting. */
function giveUpUs(answerWithinMs: number, giveUpAfterMs: number | undefined): Us {
  return usOf(giveUpAfterMs ?? answerWithinMs * 3);
}

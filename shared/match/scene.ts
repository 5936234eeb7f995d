import { balancingPolicies } from "../components/balancing/registry.ts";
import type { Checker } from "../checkers/checker.ts";
import { checkers } from "../checkers/registry.ts";
import { componentOf, type Component } from "../components/registry.ts";
import type { Built } from "../components/site.ts";
import type { Store } from "../components/store/store.ts";
import { shown } from "../core/names.ts";
import type { Cluster } from "./cluster.ts";
import { roleFor } from "./verbs/find.ts";
import type { Level } from "../level/schema.ts";
import { dialStops, promisedAt } from "./dial.ts";
import type { Instrumentation, Signal } from "./instrumentation.ts";
import type { Monitoring } from "./monitoring.ts";
import type { MatchRecord } from "./record.ts";
import type {
  ComponentView,
  DialStopView,
  DialView,
  FlowView,
  GaugeView,
  NodeStatus,
  NodeView,
  OrderView,
  ReplicaView,
  SettingView,
  ZoneView,
} from "./view.ts";

/** What the scene shows to somebody: the lead alone sees the checker's buoys. */
export interface Sight {
  readonly buoys: boolean;
  readonly status: (node: number) => NodeStatus;
  /** Stop that a store is turning to, or undefined. */
  readonly turningTo: (store: number) => string | undefined;
  /** Seat of the operator who owns a component, or −1. */
  readonly ownerOf: (component: string) => number;
}

/** Draws up the parts of a view that show the cluster: zones, nodes, components and what flows between them. */
export class Scene {
  readonly #cluster: Cluster;
  readonly #monitoring: Monitoring;
  readonly #record: MatchRecord;
  readonly #stops = new Map<number, DialStopView[]>();

  readonly #instrumentation: Instrumentation;
  /** Guarantees that can be judged, by component with a contract. */
  readonly #claimable: ReadonlyMap<string, readonly string[]>;

  constructor(cluster: Cluster, monitoring: Monitoring, record: MatchRecord, instrumentation: Instrumentation) {
    this.#instrumentation = instrumentation;
    this.#claimable = new Map(Object.keys(cluster.level.contract).map((name) => [name, claimable(cluster.level, name)]));
    this.#cluster = cluster;
    this.#monitoring = monitoring;
    this.#record = record;
  }

  zones(): ZoneView[] {
    const balancer = this.#cluster.balancers()[0]!;
    return this.#cluster.zoneNames.map((name, zone) => ({
      name,
      requestsPerSecond: this.#record.zones[zone]!.reading.ratePerSecond,
      failedShare: round(this.#record.zones[zone]!.failedShare, 1_000),
      routedTo: balancer.spread.route[zone]!,
    }));
  }

  nodes(sight: Sight): NodeView[] {
    const newest = this.#newestPositions();
    return this.#cluster.nodeNames.map((name, node) => this.#node(name, node, sight, newest));
  }

  components(sight: Sight): ComponentView[] {
    return this.#cluster.components.map((component) => this.#component(component, sight));
  }

  /** What was sent since the flows were taken last. */
  flows(): FlowView[] {
    const { world, zoneNames } = this.#cluster;
    const zones = zoneNames.length;
    const name = (place: number) => (place < zones ? `z${place}` : `n${place - zones}`);
    const zoneOf = (place: number) => (place < zones ? place : world.machines[place - zones]!.zone);
    return world.flows.take().map(({ from, to, counts }) => ({
      from: name(from),
      to: name(to),
      reads: counts[0]!,
      writes: counts[1]!,
      retries: counts[2]!,
      refused: counts[3]!,
      lost: counts[4]!,
      replication: counts[5]!,
      delayMs: world.network.lane(zoneOf(from), zoneOf(to)).link.p50Ms,
    }));
  }

  #node(name: string, node: number, sight: Sight, newest: ReadonlyMap<string, number>): NodeView {
    const machine = this.#cluster.world.machines[node]!;
    const rent = this.#cluster.rents[node]!;
    const { spread } = this.#cluster.balancers()[0]!;
    const report = this.#monitoring.report(node);
    const meter = this.#record.nodes[node]!;
    const replicas: ReplicaView[] = (report?.replicas ?? []).map(({ store, shard, role, term, position }) => ({
      store,
      shard,
      role,
      term,
      behind: Math.max(0, (newest.get(`${store}/${shard}`) ?? 0) - position),
    }));
    return {
      name: shown(name),
      zone: machine.zone,
      status: sight.status(node),
      // Whole scrapes, so that a quiet view stays quiet on the wire.
      lastSeenMsAgo: Math.floor(this.#monitoring.lastSeenMsAgo(node) / 1_000) * 1_000,
      utilisation: round(report?.utilisation ?? 0, 100),
      queueDepth: report?.queueDepth ?? 0,
      queueCap: machine.queueCap,
      workers: machine.workers,
      pricePerMinute: rent.sizes[rent.size]!.price,
      size: rent.size,
      sizes: rent.sizes.map(({ workers, price }) => ({ workers, pricePerMinute: price })),
      drained: spread.drained[node]!,
      weight: spread.weights[node]!,
      replicas,
      hosts: this.#cluster.services().filter(({ instances }) => instances.some((instance) => instance.node === node)).map((service) => service.name),
      wrong: sight.buoys ? this.#record.wrongAtNode[node]! : 0,
      failing: meter.failed,
      failingWhy: meter.failed > 0 && this.#hasLogs(node) ? this.#record.nodeComplaints[node]! : "",
    };
  }

  /** Newest position per store and shard that monitoring knows. */
  #newestPositions(): Map<string, number> {
    const newest = new Map<string, number>();
    for (let node = 0; node < this.#cluster.nodeNames.length; node++) {
      for (const { store, shard, position } of this.#monitoring.report(node)?.replicas ?? []) {
        const key = `${store}/${shard}`;
        newest.set(key, Math.max(position, newest.get(key) ?? 0));
      }
    }
    return newest;
  }

  #component(component: Component, sight: Sight): ComponentView {
    const sees = (signal: Signal): boolean => this.#instrumentation.sees(component.name, signal);
    const reading = sees("metrics") ? this.#record.components.get(component.name)?.reading : undefined;
    return {
      name: component.name,
      kind: component.kind,
      on: [...new Set(component.instances.map(({ node }) => node))],
      about: component.summary,
      ratePerSecond: reading?.ratePerSecond ?? 0,
      errorsPerSecond: reading?.errorsPerSecond ?? 0,
      latencyMsP50: round(reading?.latencyMsP50 ?? 0, 10),
      latencyMsP99: round(reading?.latencyMsP99 ?? 0, 10),
      dial: component.kind === "store" ? this.#dial(component, sight) : null,
      quorum: component.kind === "store" && component.protocol.name === "quorum" ? this.#quorum(component) : null,
      tendedBy: roleFor(this.#cluster, component.name),
      claimable: this.#claimable.get(component.name) ?? [],
      owner: sight.ownerOf(component.name),
      gauges: sees("metrics") ? this.#gauges(component) : [],
      sees: { metrics: sees("metrics"), logs: sees("logs"), traces: sees("traces") },
      settings: settingsOf(component),
      orders: ordersOf(component),
      balancing: component.kind === "balancer" ? { policy: component.spread.policy, policies: Object.keys(balancingPolicies) } : null,
      calls:
        component.kind === "service"
          ? {
              timeoutMs: component.policy.timeoutMs,
              attempts: component.policy.attempts,
              backoffMs: component.policy.backoffMs,
              queueCap: component.policy.queueCap,
            }
          : null,
    };
  }

  /** True when something on a node says what goes wrong there. */
  #hasLogs(node: number): boolean {
    return this.#cluster.components.some(
      ({ name, instances }) => this.#instrumentation.sees(name, "logs") && instances.some((place) => place.node === node),
    );
  }

  /** What the instances of a component told monitoring last, put together as its kind says. */
  #gauges({ index, kind }: Component): GaugeView[] {
    const reports = this.#cluster.nodeNames.flatMap((_, node) => this.#monitoring.report(node)?.gauges ?? []);
    const told = reports.flatMap(({ component, values }) => (component === index ? [values] : []));
    return (componentOf(kind).gauges ?? []).map(({ name, unit, combine, states }, place) => {
      const value = told.length === 0 ? 0 : combined(combine, told.map((values) => values[place]!));
      return { name, unit, value: round(value, 1_000), states: states ?? [] };
    });
  }

  /** Dollars a minute that a store costs at its present stop. */
  dialPrice(store: Store): number {
    return this.#stopsOf(store).find(({ name }) => name === store.replication.stop)?.pricePerMinute ?? 0;
  }

  #stopsOf(store: Store): DialStopView[] {
    let stops = this.#stops.get(store.index);
    if (stops === undefined) {
      stops = dialStops(this.#cluster, store);
      this.#stops.set(store.index, stops);
    }
    return stops;
  }

  #dial(store: Store, sight: Sight): DialView {
    const stops = this.#stopsOf(store);
    const { guarantee } = this.#cluster.level.contract[store.name] ?? { guarantee: "eventual" as const };
    const names = stops.map(({ name }) => name);
    return {
      at: names.indexOf(store.replication.stop),
      turningTo: names.indexOf(sight.turningTo(store.index) ?? ""),
      promised: guarantee,
      promisedAt: promisedAt(store, guarantee),
      stops,
    };
  }

  #quorum(store: Store) {
    const { readQuorum, writeQuorum } = store.replication;
    return { replicationFactor: store.placed.length / store.groups.length, readQuorum, writeQuorum };
  }

  /** Quorum sizes changed: the dial's predictions with them. */
  forgetPredictions(): void {
    this.#stops.clear();
  }
}

function round(value: number, parts: number): number {
  return Math.round(value * parts) / parts;
}

function combined(how: "sum" | "mean" | "max", values: readonly number[]): number {
  if (how === "max") return Math.max(...values);
  const sum = values.reduce((total, value) => total + value, 0);
  return how === "sum" ? sum : sum / values.length;
}

function settingsOf({ settings = [] }: Built): SettingView[] {
  return settings.map((setting) => {
    const { name, about, unit, min, max, choices = [] } = setting;
    return { name, about, unit, min, max, choices, value: setting.get() };
  });
}

function ordersOf({ orders = [] }: Built): OrderView[] {
  return orders.map((order) => ({ verb: order.verb, about: order.about, refusal: order.refuse() ?? "" }));
}

/** Guarantees whose checkers understand everything that is asked of a component. */
function claimable(level: Level, component: string): string[] {
  const asked = level.workload.filter(({ to }) => to === component).map(({ op }) => op);
  const all: [string, Checker][] = Object.entries(checkers);
  return all.flatMap(([name, { kinds }]) => (asked.every((kind) => kinds.includes(kind)) ? [name] : []));
}

import { balancingPolicies } from "../components/balancing/registry.ts";
import type { Checker } from "../checkers/checker.ts";
import { checkers } from "../checkers/registry.ts";
import type { Component } from "../components/registry.ts";
import type { Built } from "../components/site.ts";
import type { Store } from "../components/store/store.ts";
import type { Level } from "../level/schema.ts";
import type { Cluster } from "./cluster.ts";
import type { Dials } from "./dials.ts";
import type { Instrumentation, Signal } from "./instrumentation.ts";
import { toldBy } from "./told.ts";
import type { Monitoring } from "./monitoring.ts";
import type { MatchRecord } from "./record.ts";
import { roleFor } from "./verbs/find.ts";
import type { ComponentView, GaugeView, OrderView, QuorumView, SettingView } from "./view.ts";

/** What is told of components beside what they tell themselves. */
export interface ComponentSight {
  /** Stop that a store is turning to, or undefined. */
  readonly turningTo: (store: number) => string | undefined;
  /** Seat of the operator who owns a component, or −1. */
  readonly ownerOf: (component: string) => number;
}

export interface ComponentSceneSetup {
  readonly cluster: Cluster;
  readonly monitoring: Monitoring;
  readonly record: MatchRecord;
  readonly instrumentation: Instrumentation;
  readonly dials: Dials;
}

/** Draws up the components of a view: what each is, how it fares, and what may be set and ordered. */
export class ComponentScene {
  readonly #cluster: Cluster;
  readonly #monitoring: Monitoring;
  readonly #record: MatchRecord;
  readonly #instrumentation: Instrumentation;
  readonly #dials: Dials;
  /** Guarantees that can be judged, by component with a contract. */
  readonly #claimable: ReadonlyMap<string, readonly string[]>;

  constructor({ cluster, monitoring, record, instrumentation, dials }: ComponentSceneSetup) {
    this.#cluster = cluster;
    this.#monitoring = monitoring;
    this.#record = record;
    this.#instrumentation = instrumentation;
    this.#dials = dials;
    this.#claimable = new Map(Object.keys(cluster.level.contract).map((name) => [name, claimable(cluster.level, name)]));
  }

  components(sight: ComponentSight): ComponentView[] {
    return this.#cluster.components.map((component) => this.#component(component, sight));
  }

  #component(component: Component, sight: ComponentSight): ComponentView {
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
      dial: component.kind === "store" ? this.#dials.view(component, sight.turningTo(component.index)) : null,
      quorum: component.kind === "store" && component.protocol.name === "quorum" ? quorumOf(component) : null,
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

  #gauges(component: Component): GaugeView[] {
    return toldBy(component, this.#cluster, this.#monitoring).map(({ card: { name, unit, states }, value }) => {
      return { name, unit, value: round(value, 1_000), states: states ?? [] };
    });
  }
}

function round(value: number, parts: number): number {
  return Math.round(value * parts) / parts;
}

function quorumOf(store: Store): QuorumView {
  const { readQuorum, writeQuorum } = store.replication;
  return { replicationFactor: store.placed.length / store.groups.length, readQuorum, writeQuorum };
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

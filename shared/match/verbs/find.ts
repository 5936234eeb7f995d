import { refusal, type Refusal } from "../../core/refusal.ts";
import type { BuiltBalancer } from "../../components/balancer.ts";
import type { BuiltService } from "../../components/service/service.ts";
import type { Placed } from "../../components/store/groups.ts";
import type { Store } from "../../components/store/store.ts";
import type { Built } from "../../components/site.ts";
import type { Machine } from "../../sim/machine.ts";
import { shown } from "../../core/names.ts";
import type { Cluster } from "../cluster.ts";
import type { Role } from "../roles.ts";
import type { Stage } from "./verb.ts";

/** A component by its name in the level, or why there is none. */
export function componentOrRefusal({ cluster }: Stage, name: string): Built | Refusal {
  return cluster.component(name) ?? refusal("noSuchComponent", `There is no component called ${name}.`);
}

/** Whose a component is to tend: what answers clients is Data's, what passes requests on is Traffic's. */
export function roleFor(cluster: Cluster, name: string): Role {
  const component: Built | undefined = cluster.component(name);
  if (component?.kind === "monitor") return "lead";
  if (component?.kind === "membership") return "infra";
  return component !== undefined && component.reaches.includes(component.index) ? "data" : "traffic";
}

/** A store, service, balancer, node or zone by the name in the level, or why there is none. */
export function findStore({ cluster }: Stage, name: string): Store | Refusal {
  return cluster.stores().find((store) => store.name === name) ?? refusal("noSuchStore", `There is no store called ${name}.`);
}

export function findService({ cluster }: Stage, name: string): BuiltService | Refusal {
  return cluster.services().find((service) => service.name === name) ?? refusal("noSuchService", `There is no service called ${name}.`);
}

export function findBalancer({ cluster }: Stage, name: string): BuiltBalancer | Refusal {
  return cluster.balancers().find((balancer) => balancer.name === name) ?? refusal("noSuchBalancer", `There is no balancer called ${name}.`);
}

export function findNode({ cluster }: Stage, name: string): Machine | Refusal {
  return cluster.world.machines[cluster.node(name)] ?? refusal("noSuchNode", `There is no node called ${shown(name)}.`);
}

/** Index of a zone, or why there is none. */
export function findZone({ cluster }: Stage, name: string): number | Refusal {
  const zone = cluster.zone(name);
  return zone >= 0 ? zone : refusal("noSuchZone", `There is no zone called ${name}.`);
}

/** Names of the nodes that hold replicas of a store, each once. */
export function nodesOf({ nodeNames }: Cluster, placed: readonly Placed[]): string[] {
  return [...new Set(placed.map(({ node }) => nodeNames[node]!))];
}

/** Place on the map of a component, node or zone. */
export function placeOfComponent({ cluster }: Stage, name: string): string {
  return `c${cluster.components.findIndex((component) => component.name === name)}`;
}

export function placeOfNode({ cluster }: Stage, name: string): string {
  return `n${cluster.node(name)}`;
}

/** How a place of the map is spoken of: "Oak", "zone A", "link A–B", "ledger". */
export function nameOfPlace({ cluster }: Stage, at: string): string {
  const { zoneNames, nodeNames, components } = cluster;
  const index = Number(at.slice(1));
  const links = zoneNames.flatMap((a, one) => zoneNames.slice(one + 1).map((b) => `link ${a}–${b}`));
  const names: Readonly<Record<string, readonly string[]>> = {
    n: nodeNames.map(shown),
    z: zoneNames.map((zone) => `zone ${zone}`),
    l: links,
    c: components.map(({ name }) => name),
  };
  return names[at.slice(0, 1)]?.[index] ?? "the map";
}

/** True when the map has this place: node, zone, link between two zones, or component. */
export function isPlace({ cluster }: Stage, at: string): boolean {
  const zones = cluster.zoneNames.length;
  const counts: Readonly<Record<string, number>> = {
    n: cluster.nodeNames.length,
    z: zones,
    l: (zones * (zones - 1)) / 2,
    c: cluster.components.length,
  };
  return Number(at.slice(1)) < (counts[at.slice(0, 1)] ?? 0);
}

import type { GaugeCard } from "../components/component.ts";
import { componentOf, type Component } from "../components/registry.ts";
import type { Cluster } from "./cluster.ts";
import type { Monitoring } from "./monitoring.ts";

/** A figure of a component as monitoring has it. */
export interface Told {
  readonly card: GaugeCard;
  /** All instances together; 0 while none was heard. */
  readonly value: number;
}

/** What the instances of a component told monitoring last, put together as its kind says. */
export function toldBy({ index, kind }: Component, cluster: Cluster, monitoring: Monitoring): Told[] {
  const reports = cluster.nodeNames.flatMap((_, node) => monitoring.report(node)?.gauges ?? []);
  const told = reports.flatMap(({ component, values }) => (component === index ? [values] : []));
  return (componentOf(kind).gauges ?? []).map((card, place) => {
    const value = told.length === 0 ? 0 : combined(card.combine, told.map((values) => values[place]!));
    return { card, value };
  });
}

function combined(how: GaugeCard["combine"], values: readonly number[]): number {
  if (how === "max") return Math.max(...values);
  const sum = values.reduce((total, value) => total + value, 0);
  return how === "sum" ? sum : sum / values.length;
}

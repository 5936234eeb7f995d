import type { Intent } from "./intent.ts";

/** Whose components are whose. Levels without teams have none: everything belongs to everybody. */
export class Owners {
  readonly #owners = new Map<string, number>();
  readonly #handing = new Set<string>();
  readonly #crew: number;

  /** Deals the teams' components to the seats of a crew in turn: team 1 to seat 0, and so on, round and round. */
  constructor(teams: Readonly<Record<string, readonly string[]>>, crew: number) {
    this.#crew = crew;
    if (crew === 1) return;
    Object.values(teams).forEach((components, team) => {
      for (const component of components) this.#owners.set(component, team % crew);
    });
  }

  /** Seat that owns a component, or −1. */
  ownerOf(component: string): number {
    return this.#owners.get(component) ?? -1;
  }

  hasSeat(operator: number): boolean {
    return operator < this.#crew;
  }

  /** True while it is being handed over. */
  isHanding(component: string): boolean {
    return this.#handing.has(component);
  }

  handing(component: string): void {
    this.#handing.add(component);
  }

  give(component: string, to: number): void {
    this.#handing.delete(component);
    this.#owners.set(component, to);
  }
}

/** The component that an intent would change, or undefined. Claims, votes and pings change none. */
export function changedBy(intent: Intent): string | undefined {
  if (intent.verb === "claim" || intent.verb === "instrument") return undefined;
  if ("component" in intent) return intent.component;
  if ("store" in intent) return intent.store;
  if ("service" in intent) return intent.service;
  return "balancer" in intent ? intent.balancer : undefined;
}

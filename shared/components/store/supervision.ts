import { refersTo, type Reference } from "../component.ts";
import type { BuiltMembership } from "../membership/membership.ts";
import type { Setting, Site } from "../site.ts";
import type { StoreConfig } from "./config.ts";
import { Supervisor, type FailoverPlan, type Supervised } from "./failover.ts";

/** Puts a supervisor in its zone, if the store's lines ask for one. */
export function supervise(site: Site, config: StoreConfig, store: Supervised): Supervisor | null {
  const { failover, failoverAfter, fence } = config;
  if (failover === undefined) return null;
  const { world } = site;
  const { group } = site.built(failover) as BuiltMembership;
  const plan: FailoverPlan = { afterMs: failoverAfter, isFencing: fence };
  const home = { zone: supervisorZone(site, config), network: "backbone" } as const;
  const process = world.addProcess(home, (self) => new Supervisor(world, self, group, store, plan));
  return world.processes[process] as Supervisor;
}

/** What operators may set on a supervisor; nothing where there is none. */
export function failoverSettings(supervisor: Supervisor | null): Setting[] {
  if (supervisor === null) return [];
  const { plan } = supervisor;
  return [
    {
      name: "failoverAfter",
      about: "How long a quorum must have suspected the primary before another leads: short splits brains, long keeps users waiting.",
      unit: "ms",
      min: 0,
      max: 60_000,
      get: () => plan.afterMs,
      set: (value) => (plan.afterMs = value),
    },
    {
      name: "fence",
      about: "Fence the old primary first: it can't go on unheard, but those who could reach it alone get nothing.",
      unit: "switch",
      min: 0,
      max: 1,
      get: () => (plan.isFencing ? 1 : 0),
      set: (value) => (plan.isFencing = value === 1),
    },
  ];
}

/** What a store's failover refers to. */
export function failoverReferences({ failover, failoverFrom }: StoreConfig): Reference[] {
  return [
    ...(failover === undefined ? [] : refersTo("component", "failover", [failover], ["membership"])),
    ...(failoverFrom === undefined ? [] : refersTo("zone", "failoverFrom", [failoverFrom])),
  ];
}

/** Failover where nobody can be ordered to lead. */
export function failoverProblems({ failover, protocol }: StoreConfig): string[] {
  if (failover === undefined || protocol === "primaryBackup") return [];
  return [`failover: ${protocol} takes no order who is to lead, only primaryBackup`];
}

function supervisorZone(site: Site, { failoverFrom, on }: StoreConfig): number {
  return failoverFrom === undefined ? site.world.machines[site.node(on.at(-1)!)]!.zone : site.zone(failoverFrom);
}

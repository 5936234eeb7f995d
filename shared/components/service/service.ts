import { refersTo, type ComponentKind, type Reference } from "../component.ts";
import { rollbackOrder } from "../rollback.ts";
import { routesOver, type Built, type Site } from "../site.ts";
import { BREAKER_STATES } from "./breaker.ts";
import { problemsOf, ServiceConfig, servicePolicyOf } from "./config.ts";
import { ServiceInstance, type Plan } from "./instance.ts";
import { callPolicyOf, type CallPolicy, type ServicePolicy } from "./policy.ts";
import { admissionSettings, callSettings } from "./settings.ts";
import { planOf } from "./steps.ts";

/** A service that was built. */
export interface BuiltService extends Built {
  readonly kind: "service";
  readonly policy: ServicePolicy;
}

/** One instance on each of its nodes; one policy for all, and one for each callee that has lines of its own. */
function buildService(site: Site, index: number, name: string, config: ServiceConfig): BuiltService {
  const policy = servicePolicyOf(config);
  const own = ownPolicies(config);
  const routes = routesOver(calleesOf(config, site));
  const policyOf = (callee: Built): CallPolicy => own.get(callee.name) ?? policy;
  const plan: Plan = { index, name, config, policy, routes, policyOf, rounds: planOf(config, site) };
  const instances = config.on.map((nodeName) => {
    const node = site.node(nodeName);
    const machine = site.world.machines[node]!;
    let instance: ServiceInstance;
    const process = site.world.addProcess({ machine: node }, (self) => {
      instance = new ServiceInstance(site, { world: site.world, self, machine, index }, plan);
      return instance;
    });
    return { process, node, zone: machine.zone, gauges: () => instance.gauges() };
  });
  return {
    index,
    name,
    kind: "service",
    summary: `service · ${instances.length} ${instances.length === 1 ? "instance" : "instances"}`,
    instances,
    policy,
    keys: 1,
    instancesFor: () => instances,
    reaches: [...routes.keys()],
    next: (target) => routes.get(target),
    settings: [
      ...callSettings(policy, ""),
      ...[...own].flatMap(([callee, calls]) => callSettings(calls, callee)),
      ...admissionSettings(policy),
    ],
    orders: [rollbackOrder(site.world, index)],
  };
}

/** What it calls: the callees of its lines, and what its steps ask that none of these leads to. */
function calleesOf(config: ServiceConfig, site: Site): Built[] {
  const callees = config.calls.map(({ to }) => site.built(to));
  const reached = new Set(callees.flatMap(({ reaches }) => reaches));
  const asked = new Set(config.steps.flat().map(({ ask }) => site.built(ask)));
  return [...callees, ...[...asked].filter((built) => !reached.has(built.index))];
}

/** What its lines name: what it calls, and what its steps ask. */
function referencesOf({ on, calls, steps }: ServiceConfig): Reference[] {
  const called = refersTo(
    "component",
    "calls",
    calls.map(({ to }) => to),
  );
  const asked = steps
    .flat()
    .map(({ ask, op }): Reference => ({ field: "steps", what: "component", name: ask, asks: op ?? "any" }));
  return [...refersTo("node", "on", on), ...called, ...asked];
}

/** Policies of the callees that have lines of their own; what those leave out is as for all. */
function ownPolicies(config: ServiceConfig): Map<string, CallPolicy> {
  const written = config.calls.filter((callee) => Object.keys(callee).length > 1);
  return new Map(written.map((callee) => [callee.to, callPolicyOf({ ...config, ...callee } as ServiceConfig)]));
}

export const service: ComponentKind<ServiceConfig, BuiltService> = {
  kind: "service",
  about:
    "Does some work and asks what a request needs, in steps, each call with timeout, retries, breaker, bulkhead, hedge and fallback.",
  source:
    "Nygard 2007, Release It!, chapter 5; Dean & Barroso 2013, The tail at scale; Brooker 2015, Exponential backoff and jitter.",
  simplified: [
    "A hedge is not charged to the retry budget.",
    "A breaker counts calls, not seconds, and is forgotten when its machine crashes.",
    "How long a sender still waits is told when it sends; the way of the message is not counted.",
  ],
  config: ServiceConfig,
  takes: () => [],
  references: referencesOf,
  problems: problemsOf,
  gauges: [
    { name: "busy workers", unit: "count", combine: "sum" },
    { name: "waiting", unit: "count", combine: "sum" },
    { name: "breaker", unit: "state", combine: "max", states: BREAKER_STATES },
    { name: "retry budget left", unit: "share", combine: "mean" },
    { name: "calls in flight", unit: "count", combine: "sum" },
  ],
  build: buildService,
};

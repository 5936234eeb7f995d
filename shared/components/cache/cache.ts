import { exponential } from "../../core/distribution.ts";
import { usOf } from "../../core/time.ts";
import { refersTo, type ComponentKind } from "../component.ts";
import { choice, figure, toggle } from "../setting.ts";
import { routesOver, type Built, type Setting, type Site } from "../site.ts";
import { CacheConfig, WRITE_POLICIES, type CachePolicy } from "./config.ts";
import { CacheInstance, type Plan } from "./instance.ts";

/** A cache that was built. */
export interface BuiltCache extends Built {
  readonly kind: "cache";
  readonly policy: CachePolicy;
}

function settingsOf(policy: CachePolicy): Setting[] {
  return [
    figure(policy, "ttlMs", {
      name: "ttl",
      about: "How long an entry may be used, 0 for ever; long ones go stale, short ones miss.",
      unit: "ms",
      min: 0,
      max: 3_600_000,
    }),
    choice(policy, "write", {
      name: "write",
      about: "What a write does to the entry: gives it the new value, drops it, or leaves it stale.",
      choices: WRITE_POLICIES,
    }),
    toggle(policy, "tellOthers", {
      name: "tellOthers",
      about: "Tell other instances to drop what was written; costs a message to each for every write.",
    }),
    toggle(policy, "singleFlight", {
      name: "singleFlight",
      about: "Who misses the same waits for the fetch under way; one slow fetch then holds up all of them.",
    }),
    toggle(policy, "negative", {
      name: "negative",
      about: "Remember also that there is nothing; what comes into being meanwhile stays unseen.",
    }),
    figure(policy, "timeoutMs", {
      name: "timeout",
      about: "How long it waits for an answer, 0 for ever.",
      unit: "ms",
      min: 0,
      max: 60_000,
    }),
  ];
}

/** One instance on each of its nodes: copies that nobody elected, or one for each key. */
function buildCache(site: Site, index: number, name: string, config: CacheConfig): BuiltCache {
  const { world } = site;
  const { write, tellOthers, singleFlight, negative } = config;
  const policy: CachePolicy = {
    ttlMs: config.ttl,
    write,
    tellOthers,
    singleFlight,
    negative,
    timeoutMs: config.timeout,
  };
  const routes = routesOver([site.built(config.of)]);
  const plan: Plan = {
    name,
    policy,
    capacity: config.capacity,
    costUs: exponential(usOf(config.time)),
    routes,
    peers: [],
  };
  const instances = config.on.map((nodeName) => {
    const node = site.node(nodeName);
    const machine = world.machines[node]!;
    let instance!: CacheInstance;
    const process = world.addProcess(
      { machine: node },
      (self) => (instance = new CacheInstance({ world, self, machine, index }, plan)),
    );
    plan.peers.push(process);
    return { process, node, zone: machine.zone, gauges: () => instance.gauges() };
  });
  const one = instances.map((instance) => [instance]);
  return {
    index,
    name,
    kind: "cache",
    summary: `cache · ${instances.length} ${instances.length === 1 ? "instance" : "instances"}${config.sharded ? ", sharded" : ""}`,
    instances,
    policy,
    keys: 1,
    instancesFor: (key) => (config.sharded ? one[key % one.length]! : instances),
    reaches: [...routes.keys()],
    next: (target) => routes.get(target),
    settings: settingsOf(policy),
  };
}

export const cache: ComponentKind<CacheConfig, BuiltCache> = {
  kind: "cache",
  about: "Answers reads from memory and passes on the rest: a replica that nobody elected, with a time to live.",
  source: "Nishtala et al. 2013, Scaling Memcache at Facebook.",
  simplified: ["Entries have one size.", "No leases: a fetch that began before a write may put the old value back."],
  config: CacheConfig,
  takes: () => [],
  references: (config) => [...refersTo("node", "on", config.on), ...refersTo("component", "of", [config.of])],
  gauges: [
    { name: "hit ratio", unit: "share", combine: "mean" },
    { name: "entries", unit: "count", combine: "sum" },
    { name: "fetches", unit: "count", combine: "sum" },
    { name: "waiting for a fetch", unit: "count", combine: "sum" },
  ],
  build: buildCache,
};

import { exponential } from "../../shared/core/distribution.ts";
import { invariant } from "../../shared/core/invariant.ts";
import { US_PER_SECOND, type Us } from "../../shared/core/time.ts";
import { balancer, BalancerConfig } from "../../shared/components/balancer.ts";
import type { BalancingPolicyName } from "../../shared/components/balancing/registry.ts";
import type { Built, Site } from "../../shared/components/site.ts";
import { single } from "../../shared/protocols/single.ts";
import { World } from "../../shared/sim/world.ts";
import { BARE, groupOf, place } from "./replicas.ts";
import { readers, TimesInSystem } from "./timesInSystem.ts";

/** Equal machines with one worker each behind one balancer. */
export interface FarmSetup {
  readonly machines: number;
  readonly policy: BalancingPolicyName;
  /** Load per machine. */
  readonly load: number;
  readonly requests: number;
  readonly seed: string;
}

const SERVICE_US: Us = 100_000;
const WARM_UP = 0.1;

/**
 * Mean time in system, in mean service times, of requests that a real balancer spreads over real machines. What the
 * balancer counts as outstanding is fresh: an answer is back within 2 µs.
 */
export function timeInFarm({ machines, policy, load, requests, seed }: FarmSetup): number {
  const perSecond = (load * machines * US_PER_SECOND) / SERVICE_US;
  const untilUs = Math.round((requests / perSecond) * US_PER_SECOND);
  const world = new World(1, () => ({ p50Ms: 0, p99Ms: 0 }), seed);
  for (let node = 0; node < machines; node++) {
    world.addMachine({ name: `m${node}`, zone: 0, workers: 1, queueCap: Infinity, syncUs: 1 });
  }
  const costUs = exponential(SERVICE_US);
  // A group of its own on each machine, since anybody can answer here; its number also names its luck.
  const instances = world.machines.map(({ index }) => place(world, groupOf(single, BARE, costUs, index), index, 0, 1));
  const farm: Built = {
    index: 0,
    name: "farm",
    kind: "store",
    summary: "farm",
    instances,
    keys: 1,
    instancesFor: () => instances,
    reaches: [0],
  };
  const config = BalancerConfig.parse({ kind: "balancer", in: ["A"], to: "farm", policy, healthCheck: "60s" });
  const edge = balancer.build(siteOf(world, farm), 1, "edge", config);

  const times = new TimesInSystem(world, Math.round(untilUs * WARM_UP));
  const traffic = readers(world, edge.entry(0), perSecond, untilUs, times);
  world.kernel.runUntil(untilUs);
  while (traffic.open > 0) world.kernel.runUntil(world.kernel.nowUs + SERVICE_US);
  invariant(times.refused === 0, `farm: ${times.refused} requests were refused though every queue is endless`);
  return times.meanUs / SERVICE_US;
}

function siteOf(world: World, farm: Built): Site {
  return {
    world,
    zone: () => 0,
    node: (name) => world.machines.findIndex((one) => one.name === name),
    built: () => farm,
    everything: () => [farm],
  };
}

import { checkers } from "../../../shared/checkers/registry.ts";
import type { Setting } from "../../../shared/components/site.ts";
import type { Cluster } from "../../../shared/match/cluster.ts";
import { Intent, type VerbName } from "../../../shared/match/intent.ts";
import { TICK_MS } from "../../../shared/match/match.ts";
import type { Lots } from "./lots.ts";
import { HEALED_MS, TROUBLE_MS, type Wish } from "./sketch.ts";

type Draw = (lots: Lots, cluster: Cluster) => object;

const VERBS: readonly VerbName[] = Intent.options.map(({ shape }) => shape.verb.value);
const node = (lots: Lots, { nodeNames }: Cluster): string => lots.oneOf(nodeNames);
const zone = (lots: Lots, { zoneNames }: Cluster): string => lots.oneOf(zoneNames);
const component = (lots: Lots, { components }: Cluster): string => lots.oneOf(components).name;
const store = (lots: Lots, cluster: Cluster): string => cluster.stores()[0]?.name ?? component(lots, cluster);
const ofComponent: Draw = (lots, cluster) => ({ component: component(lots, cluster) });

/** Everything that operators may ask for, sense or not: what makes none must be refused with a sentence. */
const DRAWS: Readonly<Record<VerbName, Draw>> = {
  dial: (lots, cluster) => ({ store: store(lots, cluster), stop: lots.oneOf(cluster.stores()[0]?.stops() ?? ["eventual"]) }),
  quorum: (lots, cluster) => ({ store: store(lots, cluster), readQuorum: lots.whole(1, 5), writeQuorum: lots.whole(1, 5) }),
  route: (lots, cluster) => ({ from: zone(lots, cluster), to: zone(lots, cluster) }),
  policy: (lots, cluster) => ({ balancer: "edge", policy: lots.oneOf(["roundRobin", "random", "powerOfTwo", component(lots, cluster)]) }),
  weight: (lots, cluster) => ({ node: node(lots, cluster), weight: lots.oneOf([0, 0.3, 1]) }),
  drain: (lots, cluster) => ({ node: node(lots, cluster), drained: lots.chance(0.7) }),
  promote: (lots, cluster) => ({ store: store(lots, cluster), node: node(lots, cluster) }),
  fence: (lots, cluster) => ({ node: node(lots, cluster), fenced: lots.chance(0.7) }),
  restart: (lots, cluster) => ({ node: node(lots, cluster) }),
  power: (lots, cluster) => ({ node: node(lots, cluster), on: lots.chance(0.5) }),
  resize: (lots, cluster) => ({ node: node(lots, cluster), size: lots.whole(0, 2) }),
  repairLink: (lots, cluster) => ({ a: zone(lots, cluster), b: zone(lots, cluster) }),
  callPolicy: (lots, cluster) => ({
    service: cluster.services()[0]?.name ?? component(lots, cluster),
    timeoutMs: lots.whole(20, 900),
    attempts: lots.whole(1, 4),
    backoffMs: lots.whole(0, 100),
  }),
  shed: (lots, cluster) => ({ component: component(lots, cluster), queueCap: lots.oneOf([0, 3, 50]) }),
  set: (lots, cluster) => {
    const able = cluster.components.filter(({ settings }) => (settings?.length ?? 0) > 0);
    if (able.length === 0) return { component: component(lots, cluster), setting: "nothing", value: 1 };
    const chosen = lots.oneOf(able);
    const setting = lots.oneOf(chosen.settings!);
    return { component: chosen.name, setting: setting.name, value: valueOf(lots, setting) };
  },
  scale: (lots, cluster) => ({ component: component(lots, cluster), instances: lots.whole(1, 3) }),
  stepDown: (lots, cluster) => ({ store: store(lots, cluster), node: node(lots, cluster), to: node(lots, cluster) }),
  member: (lots, cluster) => ({ store: store(lots, cluster), node: node(lots, cluster), joined: lots.chance(0.6) }),
  reshard: (lots, cluster) => ({
    store: store(lots, cluster),
    shards: lots.whole(1, 5),
    by: lots.oneOf(["modulo", "hash", "range", "composite"]),
  }),
  split: (lots, cluster) => ({ store: store(lots, cluster), shard: lots.whole(0, 4) }),
  repair: ofComponent,
  rollback: ofComponent,
  replay: ofComponent,
  rebuild: ofComponent,
  instrument: (lots, cluster) => ({
    component: component(lots, cluster),
    signal: lots.oneOf(["metrics", "logs", "traces"]),
    on: lots.chance(0.5),
  }),
  handOver: (lots, cluster) => ({ component: component(lots, cluster), to: lots.whole(0, 2) }),
  vote: (lots) => ({ ping: lots.whole(0, 3), aye: lots.chance(0.5) }),
  claim: (lots, cluster) => ({ component: component(lots, cluster), guarantee: lots.oneOf(Object.keys(checkers)) }),
  ping: (lots) => ({ at: lots.oneOf(["n0", "z0", "l0", "c1", "n99"]), word: "here" }),
  take: (lots) => ({ alert: lots.whole(0, 5) }),
};

/** A value that a setting may take; one in ten is out of bounds. */
function valueOf(lots: Lots, { min, max, unit }: Setting): number {
  if (lots.chance(0.1)) return max + 1;
  if (unit === "share" || unit === "perSecond") return min + (max - min) * (lots.whole(0, 100) / 100);
  return lots.whole(min, Math.min(max, min + lots.oneOf([1, 100, 5_000])));
}

/** Up to twelve wishes while there is trouble, by luck alone; in a third of the runs nobody touches anything. */
export function drawWishes(lots: Lots, cluster: Cluster): Wish[] {
  const count = lots.chance(0.35) ? 0 : lots.whole(1, 12);
  return Array.from({ length: count }, () => {
    const verb = lots.oneOf(VERBS);
    const atMs = lots.whole(TROUBLE_MS, HEALED_MS - 1_000);
    return { tick: Math.floor(atMs / TICK_MS), intent: Intent.parse({ verb, ...DRAWS[verb](lots, cluster) }) };
  }).sort((a, b) => a.tick - b.tick);
}

import { exponential } from "../../core/distribution.ts";
import { usOf } from "../../core/time.ts";
import { refersTo, type ComponentKind, type GaugeCard } from "../component.ts";
import type { Built, Setting, Site } from "../site.ts";
import { FAN_OUTS, TimelineConfig } from "./config.ts";
import { followGraph } from "./graph.ts";
import { TimelineNode } from "./node.ts";
import type { TimelinePlan } from "./plan.ts";

/** A timeline that was built. */
export interface BuiltTimeline extends Built {
  readonly kind: "timeline";
  readonly nodes: readonly TimelineNode[];
  readonly plan: TimelinePlan;
}

const GAUGES: readonly GaugeCard[] = [
  { name: "copies waiting", unit: "count", combine: "sum" },
  { name: "feed lag", unit: "ms", combine: "max" },
  { name: "not delivered", unit: "count", combine: "sum" },
];

function buildTimeline(site: Site, index: number, name: string, config: TimelineConfig): BuiltTimeline {
  const plan = planOf(site, name, config);
  const nodes: TimelineNode[] = [];
  const instances = config.on.map((nodeName, place) => {
    const node = site.node(nodeName);
    const machine = site.world.machines[node]!;
    const process = site.world.addProcess({ machine: node }, (self) => {
      nodes.push(new TimelineNode({ world: site.world, self, machine, index }, plan));
      return nodes[place]!;
    });
    plan.zones.set(machine.zone, [...(plan.zones.get(machine.zone) ?? []), process]);
    return { process, node, zone: machine.zone, gauges: () => nodes[place]!.gauges() };
  });
  for (const node of nodes) node.begin();
  return {
    index,
    name,
    kind: "timeline",
    summary: `timeline · ${config.users} users · ${instances.length} ${instances.length === 1 ? "node" : "nodes"}`,
    instances,
    nodes,
    plan,
    keys: config.users,
    instancesFor: () => instances,
    reaches: [index],
    settings: settingsOf(plan, config.users),
  };
}

function planOf(site: Site, name: string, config: TimelineConfig): TimelinePlan {
  const { users, follows, skew } = config;
  return {
    name,
    graph: followGraph(users, follows, skew, site.world.streams.stream("graph", name)),
    newest: config.newest,
    zones: new Map(),
    postCostUs: exponential(usOf(config.postTime)),
    readCostUs: exponential(usOf(config.readTime)),
    perFollowerUs: usOf(config.perFollower),
    perFolloweeUs: usOf(config.perFollowee),
    repeatEveryMs: config.repeatEvery,
    timeoutMs: config.timeout,
    fanOut: config.fanOut,
    threshold: config.threshold,
  };
}

function settingsOf(plan: TimelinePlan, users: number): Setting[] {
  return [
    {
      name: "fanOut",
      about:
        "Copy a post into all feeds when it is written, gather feeds when they are read, or the one for most and the other for the famous.",
      unit: "choice",
      min: 0,
      max: FAN_OUTS.length - 1,
      choices: FAN_OUTS,
      get: () => FAN_OUTS.indexOf(plan.fanOut),
      set: (value) => (plan.fanOut = FAN_OUTS[value]!),
    },
    {
      name: "threshold",
      about:
        "Hybrid: from so many followers on nothing is copied; low makes reads dear, high lets the famous fill the queues.",
      unit: "count",
      min: 1,
      max: users,
      get: () => plan.threshold,
      set: (value) => (plan.threshold = value),
    },
  ];
}

export const timeline: ComponentKind<TimelineConfig, BuiltTimeline> = {
  kind: "timeline",
  about:
    "Feeds of whom one follows: a post is acknowledged at once and gets into feeds later, when it is written or when they are read.",
  source:
    "Silberstein et al. 2010, Feeding frenzy: selectively materializing users' event feeds; Krikorian 2013, Timelines at scale.",
  simplified: [
    "Posts are ordered by a number that grows over all of them, as if one clock had given it.",
    "Whether an author is famous goes by the followers that it had at the start.",
    "Nobody stops following.",
  ],
  config: TimelineConfig,
  takes: () => ["post", "timeline", "follow"],
  references: ({ on }) => refersTo("node", "on", on),
  gauges: GAUGES,
  build: buildTimeline,
};

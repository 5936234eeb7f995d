import { z } from "zod";
import { Duration, Interval, Name } from "../../core/units.ts";
import { DETECTOR_DEFAULTS as USUAL, type DetectorSettings } from "../../protocols/detectors/detector.ts";
import { detectors, type DetectorName } from "../../protocols/detectors/registry.ts";
import { refersTo, type ComponentKind, type GaugeCard } from "../component.ts";
import type { Built, Site } from "../site.ts";
import { addAgents, PROBES, type MembershipAgent, type MembershipGroup } from "./agent.ts";
import { membershipSettings } from "./settings.ts";

const detectorNames = Object.keys(detectors) as [DetectorName, ...DetectorName[]];

/** Agents on nodes that watch one another, and how. */
export const MembershipConfig = z.strictObject({
  kind: z.literal("membership"),
  on: z.array(Name).min(2).max(64).describe("nodes whose agents watch one another"),
  detector: z.enum(detectorNames),
  interval: Interval.default(USUAL.intervalMs).describe("time between two heartbeats; swim: its protocol period"),
  timeout: Interval.default(USUAL.timeoutMs).describe("heartbeat: silence after which one counts as missed"),
  missed: z.int().min(1).max(20).default(USUAL.missed).describe("heartbeat: how many in a row must be missed"),
  threshold: z
    .number()
    .min(0.1)
    .max(100)
    .default(USUAL.threshold)
    .describe("phiAccrual: φ from which a member is suspected"),
  law: z
    .enum(["normal", "exponential"])
    .default(USUAL.law)
    .describe("phiAccrual: how gaps between heartbeats are spread"),
  window: z.int().min(10).max(10_000).default(USUAL.windowSize).describe("phiAccrual: gaps remembered"),
  minDeviation: Duration.default(USUAL.minDeviationMs).describe("phiAccrual: a smaller deviation is taken for this"),
  acceptablePause: Duration.default(USUAL.acceptablePauseMs).describe("phiAccrual: silence that is always forgiven"),
  pingTimeout: Interval.default(USUAL.pingTimeoutMs).describe("swim: how long a ping may take before others are asked"),
  helpers: z.int().min(0).max(10).default(USUAL.helpers).describe("swim: members asked to ping a silent one"),
  probing: z
    .enum(["roundRobin", "random"])
    .default(USUAL.probing)
    .describe("swim: how the next member to ping is found"),
  retransmit: z
    .int()
    .min(1)
    .max(20)
    .default(USUAL.retransmit)
    .describe("swim: how often news is passed on, times log n"),
  suspicion: Duration.default(USUAL.suspicionMs).describe("how long a suspicion stands before a member counts as dead"),
  probe: z.enum(PROBES).default("liveness").describe("what balancers go by: it answers, or its queue is short too"),
  readyBelow: z
    .int()
    .min(1)
    .max(10_000)
    .default(20)
    .describe("readiness: requests waiting from which a node is not ready"),
});
export type MembershipConfig = z.infer<typeof MembershipConfig>;

/** A membership that was built: what its agents hold of the nodes they stand on. */
export interface BuiltMembership extends Built {
  readonly kind: "membership";
  readonly group: MembershipGroup;
  readonly agents: readonly MembershipAgent[];
  /** Nodes whose agents suspect this one or take it for dead: the truth of this moment, which nobody sees at once. */
  suspectedBy(node: number): number[];
}

/** What an agent tells monitoring, in the order of `gaugesOf`. */
const GAUGES: readonly GaugeCard[] = [
  { name: "suspected", unit: "count", combine: "max" },
  { name: "taken back", unit: "count", combine: "sum" },
  { name: "not ready", unit: "count", combine: "sum" },
];

function gaugesOf(agent: MembershipAgent): number[] {
  return [agent.suspects(), agent.takenBack, agent.isReady() ? 0 : 1];
}

function settingsOf(config: MembershipConfig): DetectorSettings {
  const { interval, timeout, missed, threshold, law, window, minDeviation, acceptablePause } = config;
  const { pingTimeout, helpers, probing, retransmit, suspicion } = config;
  const byHeartbeat = { timeoutMs: timeout, missed };
  const byPhi = {
    threshold,
    law,
    windowSize: window,
    minDeviationMs: minDeviation,
    acceptablePauseMs: acceptablePause,
  };
  const bySwim = { pingTimeoutMs: pingTimeout, helpers, probing, retransmit };
  return { intervalMs: interval, suspicionMs: suspicion, ...byHeartbeat, ...byPhi, ...bySwim };
}

/** What can't work: patience shorter than what it waits for, or a node that watches itself. */
function problemsOf({ on, detector, interval, timeout, pingTimeout }: MembershipConfig): string[] {
  return [
    ...(new Set(on).size < on.length ? ["on: a node stands there twice"] : []),
    ...(detector === "heartbeat" && timeout <= interval
      ? ["timeout: expected more than the interval between heartbeats"]
      : []),
    ...(detector === "swim" && pingTimeout * 2 > interval ? ["pingTimeout: expected at most half the interval"] : []),
  ];
}

function buildMembership(site: Site, index: number, name: string, config: MembershipConfig): BuiltMembership {
  const nodes = config.on.map((node) => site.node(node));
  const group: MembershipGroup = {
    name,
    detector: detectors[config.detector],
    members: [],
    nodes,
    settings: settingsOf(config),
    probe: config.probe,
    readyBelow: config.readyBelow,
  };
  const agents = addAgents(site.world, group);
  const instances = agents.map((agent, member) => {
    const node = nodes[member]!;
    return {
      process: group.members[member]!,
      node,
      zone: site.world.machines[node]!.zone,
      gauges: () => gaugesOf(agent),
    };
  });
  return {
    index,
    name,
    kind: "membership",
    summary: `membership · ${nodes.length} agents · ${config.detector}`,
    instances,
    keys: 1,
    instancesFor: () => instances,
    reaches: [],
    settings: membershipSettings(group),
    group,
    agents,
    suspectedBy: (node) =>
      nodes.filter((_, member) => nodes.includes(node) && agents[member]!.opinion(nodes.indexOf(node)) !== "alive"),
  };
}

export const membership: ComponentKind<MembershipConfig, BuiltMembership> = {
  kind: "membership",
  stands: "beside",
  about:
    "Agents on nodes that guess from messages which of them have failed; balancers and failover go by what they hold.",
  source:
    "Chandra & Toueg 1996, Unreliable failure detectors for reliable distributed systems; Kubernetes, Liveness, readiness and startup probes",
  simplified: [
    "Agents take no CPU, so an overloaded machine still answers them: it is alive, if not ready.",
    "Who belongs to the group is fixed by the level.",
  ],
  config: MembershipConfig,
  takes: () => [],
  references: ({ on }) => refersTo("node", "on", on),
  problems: problemsOf,
  gauges: GAUGES,
  build: buildMembership,
};

import type { FlowView, NodeStatus, View } from "../../shared/match/view.ts";
import { component, flow, link, node, replica, view, zone } from "./mapSketch.ts";

/** Views of the map by the name of what they show. */
export const MAP_SCENES = [
  "calm",
  "partition",
  "oneWay",
  "crash",
  "twoPrimaries",
  "oneBox",
  "fourZones",
  "twoZones",
  "stress",
] as const;
export type MapScene = (typeof MAP_SCENES)[number];

const ZONES = [zone("Zone A", 47, 0), zone("Zone B", 42, 1), zone("Zone C", 15, 2)];
const LEDGER = [component("ledger", "store", [0, 2, 4]), component("cart", "service", [1, 3, 5])];
const LINKS = [link(0, 1), link(0, 2), link(1, 2)];

const CALM_NODES = [
  node({ name: "Oak", zone: 0, replicas: [replica("leader")] }),
  node({ name: "Pike", zone: 0, hosts: ["cart"] }),
  node({ name: "Elm", zone: 1, replicas: [replica("follower", 2)] }),
  node({ name: "Wren", zone: 1, hosts: ["cart"] }),
  node({ name: "Moss", zone: 2, replicas: [replica("follower")] }),
  node({ name: "Reed", zone: 2, hosts: ["cart"] }),
];

/** What flows in a calm sea: users to their zone's service, services to the leader, the leader to its followers. */
const CALM_FLOWS = [
  flow("z0", "n1", 3, 1.6),
  flow("z1", "n3", 2.8, 1.4),
  flow("z2", "n5", 1, 0.5),
  flow("n1", "n0", 2, 1.6, { delayMs: 1 }),
  flow("n3", "n0", 2, 1.4),
  flow("n5", "n0", 1, 0.5),
  flow("n0", "n2", 0, 0, { replication: 1.2 }),
  flow("n0", "n4", 0, 0, { replication: 1.2 }),
];

const CUT_FLOWS = [
  flow("z0", "n1", 3, 1.6),
  flow("z1", "n3", 2.8, 1.4),
  flow("z2", "n4", 1.2, 0.6, { refused: 0.5 }),
  flow("n1", "n0", 2, 1.6, { delayMs: 1 }),
  flow("n3", "n0", 2, 1.4, { retries: 0.2 }),
  flow("z0", "n4", 0.5, 0.6, { lost: 1.1, retries: 0.6 }),
  flow("z1", "n4", 0.4, 0.4, { lost: 0.8, retries: 0.4 }),
  flow("n0", "n2", 0, 0, { replication: 1.2 }),
  flow("n0", "n4", 0, 0, { replication: 0.8 }),
];

function partition(): View {
  return view({
    zones: [ZONES[0] ?? zone("", 0, 0), ZONES[1] ?? zone("", 0, 1), zone("Zone C", 15, 2, 0.4)],
    components: LEDGER,
    links: [link(0, 1), link(0, 2, "cut"), link(1, 2, "cut")],
    nodes: [
      node({ name: "Oak", zone: 0, replicas: [replica("leader")] }),
      node({ name: "Pike", zone: 0, replicas: [replica("follower", 0, 4, 1)] }),
      node({ name: "Elm", zone: 1, replicas: [replica("follower", 2)] }),
      node({ name: "Wren", zone: 1, hosts: ["cart"], status: "slow" }),
      node({ name: "Moss", zone: 2, replicas: [replica("follower", 812)], wrong: 7 }),
      node({ name: "Reed", zone: 2, hosts: ["cart"], status: "unknown", lastSeenMsAgo: 4_200 }),
    ],
    flows: CUT_FLOWS,
    partition: { sides: [[0, 1], [2]], sinceMs: 198_000, oneWay: false },
    pings: [{ id: 1, by: 0, at: "n4", word: "stale reads", sinceMs: 215_000, ayes: [], nays: [] }],
  });
}

function crash(): View {
  return view({
    zones: [zone("Zone A", 47, 1, 0.21), zone("Zone B", 42, 1), zone("Zone C", 15, 2)],
    components: LEDGER,
    links: [{ ...link(0, 1, "slow"), repairUntilMs: 233_000 }, link(0, 2, "lossy"), link(1, 2, "unknown")],
    nodes: [
      node({
        name: "Oak",
        zone: 0,
        status: "crashed",
        replicas: [replica("follower")],
        failing: 14,
        failingWhy: "no leader",
      }),
      node({ name: "Pike", zone: 0, status: "restarting", hosts: ["cart"] }),
      node({ name: "Elm", zone: 1, replicas: [replica("leader", 0, 5)] }),
      node({ name: "Wren", zone: 1, status: "slow", hosts: ["cart"], queueDepth: 38 }),
      node({ name: "Moss", zone: 2, status: "fenced", replicas: [replica("follower", 60)] }),
      node({ name: "Reed", zone: 2, drained: true, hosts: ["cart"] }),
    ],
    flows: [
      flow("z0", "n1", 2, 1, { refused: 0.8, retries: 0.7 }),
      flow("z1", "n3", 3, 1.4, { delayMs: 60 }),
      flow("z2", "n3", 1, 0.5, { lost: 0.3 }),
      flow("n2", "n4", 0, 0, { replication: 1 }),
      flow("z0", "n3", 2, 1, { delayMs: 120 }),
    ],
  });
}

function twoPrimaries(): View {
  const base = partition();
  return {
    ...base,
    nodes: base.nodes.map((held, at) => {
      if (at === 0) return { ...held, replicas: [replica("primary", 0, 3)] };
      if (at === 2) return { ...held, replicas: [replica("backup", 0, 3)] };
      return at === 4 ? { ...held, replicas: [replica("primary", 0, 4)], wrong: 316 } : held;
    }),
    pings: [],
  };
}

function oneWay(): View {
  return {
    ...partition(),
    links: [link(0, 1), link(0, 2, "cut", "ok"), link(1, 2, "cut", "ok")],
    partition: { sides: [[0, 1], [2]], sinceMs: 198_000, oneWay: true },
    pings: [],
  };
}

function oneBox(): View {
  return view({
    zones: [zone("Harbour", 180, 0, 0.08)],
    links: [],
    components: [component("shop", "service", [0])],
    nodes: [
      node({
        name: "Oak",
        zone: 0,
        hosts: ["shop"],
        queueDepth: 41,
        utilisation: 0.99,
        failing: 23,
        failingWhy: "queue full",
      }),
    ],
    flows: [flow("z0", "n0", 13, 5, { refused: 1.6, retries: 1 })],
  });
}

function twoZones(): View {
  const names = ["Oak", "Pike", "Elm", "Wren", "Moss", "Reed", "Ash", "Tern"];
  return view({
    zones: [zone("North", 90, 0), zone("South", 30, 1)],
    links: [link(0, 1)],
    components: [component("feed", "store", [0, 1, 4])],
    nodes: names.map((name, at) =>
      node({
        name,
        zone: at < 5 ? 0 : 1,
        replicas: at < 2 || at === 4 ? [replica(at === 0 ? "leader" : "follower", at === 4 ? 300 : 0)] : [],
        hosts: at > 4 ? ["web"] : ["api"],
        status: at === 6 ? "off" : "up",
      }),
    ),
    flows: [
      flow("z0", "n2", 6, 2),
      flow("z0", "n3", 6, 2),
      flow("z1", "n5", 3, 1),
      flow("n5", "n0", 2, 1),
      flow("n0", "n1", 0, 0, { replication: 2 }),
    ],
  });
}

function fourZones(): View {
  const names = ["Oak", "Pike", "Elm", "Wren", "Moss", "Reed", "Ash", "Tern", "Birch", "Gull", "Fern", "Lark"];
  return view({
    zones: [zone("Lisbon", 60, 0), zone("Dublin", 40, 1), zone("Oslo", 20, 2), zone("Trieste", 30, 3)],
    links: [link(0, 1), link(0, 2), link(1, 3), link(2, 3), link(0, 3), link(1, 2)],
    components: [component("ledger", "store", [0, 3, 6, 9, 10])],
    nodes: names.map((name, at) =>
      node({
        name,
        zone: Math.floor(at / 3),
        replicas: at % 3 === 0 ? [replica(at === 0 ? "leader" : "follower", at === 9 ? 60 : 0)] : [],
        hosts: ["api"],
      }),
    ),
    flows: [0, 1, 2, 3].flatMap((at) => [flow(`z${at}`, `n${at * 3 + 1}`, 3, 1), flow(`n${at * 3 + 1}`, "n0", 2, 1)]),
  });
}

/** 200 nodes and enough traffic for thousands of boats. */
function stress(): View {
  const statuses: readonly NodeStatus[] = ["up", "up", "up", "up", "up", "up", "up", "slow", "up", "unknown"];
  const nodes = Array.from({ length: 200 }, (_, at) =>
    node({
      name: `N${at}`,
      zone: at % 4,
      status: statuses[at % statuses.length] ?? "up",
      lastSeenMsAgo: 3_000,
      replicas: [replica(at % 50 === 0 ? "leader" : "follower", at % 7 === 0 ? 90 : 0)],
    }),
  );
  return view({
    zones: [zone("North", 900, 0), zone("East", 900, 1), zone("South", 900, 2), zone("West", 900, 3)],
    links: [link(0, 1), link(1, 2), link(2, 3), link(0, 3), link(0, 2)],
    components: [
      component(
        "grid",
        "store",
        nodes.map((_, at) => at),
      ),
    ],
    nodes,
    flows: nodes.flatMap((_, at) => [
      flow(`z${at % 4}`, `n${at}`, 1, 0.6, { delayMs: 60 }),
      flow(`n${at}`, `n${(at * 7 + 3) % 200}`, 0.4, 0.2, { replication: 0.4, delayMs: 90 }),
      ...[4, 28].map((step) => flow(`n${at}`, `n${(at + step) % 200}`, 0.3, 0.1, { delayMs: 40 })),
    ]),
  });
}

/** Builds the view of a scene. */
export function mapView(scene: MapScene): View {
  switch (scene) {
    case "calm":
      return view({ zones: ZONES, nodes: CALM_NODES, links: LINKS, components: LEDGER, flows: CALM_FLOWS });
    case "partition":
      return partition();
    case "oneWay":
      return oneWay();
    case "crash":
      return crash();
    case "twoPrimaries":
      return twoPrimaries();
    case "oneBox":
      return oneBox();
    case "twoZones":
      return twoZones();
    case "fourZones":
      return fourZones();
    case "stress":
      return stress();
  }
}

/** Whole requests out of a scene's averages: fractions are carried from view to view, as they come from a real match. */
export function movingFlows(flows: readonly FlowView[], tick: number): FlowView[] {
  const whole = (perView: number): number => Math.floor(perView * (tick + 1)) - Math.floor(perView * tick);
  return flows.map((each) => ({
    ...each,
    reads: whole(each.reads),
    writes: whole(each.writes),
    retries: whole(each.retries),
    refused: whole(each.refused),
    lost: whole(each.lost),
    replication: whole(each.replication),
  }));
}

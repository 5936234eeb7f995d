import type {
  ComponentView,
  FlowView,
  LinkView,
  NodeView,
  ReplicaView,
  View,
  ZoneView,
} from "../../shared/match/view.ts";

type NodeSketch = Partial<NodeView> & { name: string; zone: number };

/** A node that is up and well, unless the sketch says otherwise. */
export function node(sketch: NodeSketch): NodeView {
  return {
    status: "up",
    lastSeenMsAgo: 400,
    utilisation: 0.4,
    queueDepth: 0,
    queueCap: 64,
    workers: 2,
    pricePerMinute: 0.2,
    size: 0,
    sizes: [{ workers: 2, pricePerMinute: 0.2 }],
    drained: false,
    weight: 1,
    replicas: [],
    hosts: [],
    wrong: 0,
    failing: 0,
    failingWhy: "",
    ...sketch,
  };
}

/** A replica of the first store, up to date unless told otherwise. */
export function replica(role: string, behind = 0, term = 4, store = 0): ReplicaView {
  return { store, shard: 0, role, term, behind };
}

/** A zone whose clients are sent to the zone `routedTo`. */
export function zone(name: string, requestsPerSecond: number, routedTo: number, failedShare = 0): ZoneView {
  return { name, requestsPerSecond, failedShare, routedTo };
}

/** A link with one status for both lanes, or one for each. */
export function link(a: number, b: number, status: LinkView["aToB"] = "ok", back: LinkView["bToA"] = status): LinkView {
  return {
    a,
    b,
    aToB: status,
    bToA: back,
    roundTripMs: status === "cut" ? 0 : 42,
    loss: status === "lossy" ? 0.3 : 0,
    repairUntilMs: 0,
  };
}

/** Requests from one place to another per view, on average. */
export function flow(from: string, to: string, reads: number, writes: number, rest: Partial<FlowView> = {}): FlowView {
  return { from, to, reads, writes, retries: 0, refused: 0, lost: 0, replication: 0, delayMs: 20, ...rest };
}

/** A component that stands on some nodes. */
export function component(name: string, kind: ComponentView["kind"], on: readonly number[]): ComponentView {
  return {
    name,
    kind,
    on,
    tendedBy: "data",
    claimable: [],
    owner: -1,
    gauges: [],
    sees: { metrics: true, logs: true, traces: true },
    settings: [],
    orders: [],
    about: `${kind}, ${on.length} nodes`,
    ratePerSecond: 104,
    errorsPerSecond: 0,
    latencyMsP50: 5,
    latencyMsP99: 52,
    dial: null,
    quorum: null,
    balancing: null,
    calls: null,
  };
}

/** A view in which only what the map draws is filled with care. */
export function view(parts: Pick<View, "zones" | "nodes" | "links" | "components" | "flows"> & Partial<View>): View {
  return {
    clockMs: 221_000,
    lastsMs: 360_000,
    phase: "running",
    speed: 1,
    level: {
      id: "split-brain",
      number: 4,
      title: "Split brain",
      briefing: "",
      teaches: [],
      operatorsMin: 1,
      operatorsMax: 4,
      lastsMs: 360_000,
      budget: 12,
      parSpend: 9,
      availabilitySlo: 0.995,
      correctnessSlo: 0.999,
      promises: [],
    },
    you: 0,
    operators: [{ name: "Ada", roles: ["data"], bot: false, connected: true, lastAct: "" }],
    gauges: {
      availability: 0.992,
      correctness: 0.9997,
      score: 900,
      served: 900,
      late: 2,
      refused: 5,
      unknown: 1,
      wrong: 7,
      trail: [],
    },
    spend: { spent: 7.4, budget: 12, perMinute: 2, lines: [] },
    crews: { total: 2, free: 1 },
    alerts: [],
    claims: [],
    traces: [],
    pings: [],
    partition: null,
    jobs: [],
    verbs: [],
    ...parts,
  };
}

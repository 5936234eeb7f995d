import type { GaugeCard } from "../components/component.ts";
import type { ComponentName } from "../components/registry.ts";
import type { Setting } from "../components/site.ts";
import type { BillCategory } from "./bill.ts";
import type { Ms } from "../core/time.ts";
import type { Claim } from "./claims.ts";
import type { Signal } from "./instrumentation.ts";
import type { Role } from "./roles.ts";

/**
 * What one operator is shown: plain data, sent as a difference ten times a second. Figures about nodes, links and
 * replicas are what monitoring last scraped, never the truth; gauges and flows are what users felt, reported by the users.
 * Lists keep their order and length during a match, so an index names the same thing all match.
 */
export interface View {
  readonly clockMs: Ms;
  readonly lastsMs: Ms;
  readonly phase: "running" | "paused" | "ended";
  readonly speed: number;
  readonly level: LevelCard;
  /** Index into `operators` of the one this view is made for. */
  readonly you: number;
  readonly operators: readonly OperatorView[];
  readonly zones: readonly ZoneView[];
  readonly nodes: readonly NodeView[];
  readonly links: readonly LinkView[];
  readonly components: readonly ComponentView[];
  /** Requests and replication between places since the last view; see `FlowView`. */
  readonly flows: readonly FlowView[];
  readonly gauges: GaugesView;
  readonly spend: SpendView;
  readonly crews: CrewView;
  readonly alerts: readonly AlertView[];
  /** What the crew claimed of its components; judged at the end. */
  readonly claims: readonly Claim[];
  readonly pings: readonly PingView[];
  /** The slowest requests of the last seconds that were traced; seen by the lead only. */
  readonly traces: readonly TraceView[];
  /** The partition that monitoring can see, as sides of zone indices; null while there is none. */
  readonly partition: PartitionView | null;
  /** Work under way that takes time, such as a fence on its way. */
  readonly jobs: readonly JobView[];
  /** Every verb of the level, in the level's order, with whether this operator's role may use it. */
  readonly verbs: readonly VerbView[];
}

/** What the level says of itself, with the briefing's placeholders filled in from the level. */
export interface LevelCard {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly briefing: string;
  readonly teaches: readonly string[];
  readonly operatorsMin: number;
  readonly operatorsMax: number;
  readonly lastsMs: Ms;
  readonly budget: number;
  readonly parSpend: number;
  readonly availabilitySlo: number;
  readonly correctnessSlo: number;
  /** Per component with a contract, in words: "ledger: linearizable, answered within 400 ms, a wrong answer costs 20". */
  readonly promises: readonly string[];
}

export interface OperatorView {
  readonly name: string;
  readonly roles: readonly Role[];
  /** True while a bot plays the seat: nobody took it, or its player is away. */
  readonly bot: boolean;
  readonly connected: boolean;
  /** What this operator did last, in a few words, such as "fences Oak"; empty before the first act. */
  readonly lastAct: string;
}

export interface ZoneView {
  readonly name: string;
  /** What this zone's clients ask per second, over the last second. */
  readonly requestsPerSecond: number;
  /** Share of this zone's requests over the last 5 s that failed or came late, 0 to 1. */
  readonly failedShare: number;
  /** Where this zone's clients are sent: index of a zone, its own by default. */
  readonly routedTo: number;
}

/**
 * `unknown`: monitoring has no fresh answer; the node may be dead, paused, slow or cut off. `paused` is never known while
 * a match is played: only the truth of a debrief has it.
 */
export type NodeStatus = "up" | "slow" | "paused" | "crashed" | "restarting" | "fenced" | "off" | "unknown";

export interface NodeView {
  /** The short spoken name with a capital, such as "Oak". */
  readonly name: string;
  readonly zone: number;
  readonly status: NodeStatus;
  /** Age of the newest scrape, ms; grows while the node is unknown. */
  readonly lastSeenMsAgo: Ms;
  /** Busy share of the CPU workers at the last scrape, 0 to 1. */
  readonly utilisation: number;
  readonly queueDepth: number;
  readonly queueCap: number;
  readonly workers: number;
  /** Dollars a minute while switched on. */
  readonly pricePerMinute: number;
  /** Size in use and the sizes to choose from; one entry means that it can't be resized. */
  readonly size: number;
  readonly sizes: readonly { readonly workers: number; readonly pricePerMinute: number }[];
  /** Balancers send nothing new here. */
  readonly drained: boolean;
  readonly weight: number;
  /** The replicas that live here, one per store. */
  readonly replicas: readonly ReplicaView[];
  /** Names of other components with an instance here, such as "api". */
  readonly hosts: readonly string[];
  /** Wrong answers given here so far, as found by the checkers; the red buoy's count. Seen by the lead only, 0 for others. */
  readonly wrong: number;
  /** Requests refused or timed out here over the last 5 s, with the commonest reason in a few words. */
  readonly failing: number;
  readonly failingWhy: string;
}

export interface ReplicaView {
  /** Index into `components`. */
  readonly store: number;
  readonly shard: number;
  /** The protocol's own word: leader, follower, candidate, primary, backup, replica. */
  readonly role: string;
  /** Raft's term, or the primary's view number; 0 where there is none. */
  readonly term: number;
  /** Entries behind the newest that monitoring knows. */
  readonly behind: number;
}

export type LaneStatus = "ok" | "slow" | "lossy" | "cut" | "unknown";

/** A link between two zones, each lane on its own, since a link may fail one way. */
export interface LinkView {
  readonly a: number;
  readonly b: number;
  readonly aToB: LaneStatus;
  readonly bToA: LaneStatus;
  /** Round trip, median of the last probes, ms; 0 when no probe came back. */
  readonly roundTripMs: Ms;
  /** Share of probes lost over the last 10, 0 to 1. */
  readonly loss: number;
  /** A crew is at work here until this time of the match; 0 when none is. */
  readonly repairUntilMs: Ms;
}

/**
 * What went from one place to another since the last view. A place is `z<zone>` for a zone's clients or `n<node>` for a
 * node. `refused` sank at the end of the way, `lost` on the way; both are out of `reads` + `writes`.
 */
export interface FlowView {
  readonly from: string;
  readonly to: string;
  readonly reads: number;
  readonly writes: number;
  readonly retries: number;
  readonly refused: number;
  readonly lost: number;
  /** Replication traffic between nodes (counted in neither reads nor writes). */
  readonly replication: number;
  /** Median one-way delay of this way as configured, ms. */
  readonly delayMs: Ms;
}

export interface ComponentView {
  readonly name: string;
  readonly kind: ComponentName;
  /** Nodes it stands on, as indices. */
  readonly on: readonly number[];
  /** One line of what it is: "store, 3 replicas, primary/backup (async)". */
  readonly about: string;
  readonly ratePerSecond: number;
  readonly errorsPerSecond: number;
  readonly latencyMsP50: Ms;
  readonly latencyMsP99: Ms;
  /** Only for a store with a dial. */
  readonly dial: DialView | null;
  /** Only for a store with quorums that can be set. */
  readonly quorum: QuorumView | null;
  /** The role whose call its settings and orders are. */
  readonly tendedBy: Role;
  /** Guarantees that may be claimed of it: those that a checker can judge from what is asked there. */
  readonly claimable: readonly string[];
  /** Seat of the operator whose team owns it, −1 when it is everybody's. */
  readonly owner: number;
  /** What its instances told monitoring of themselves at the last scrape. */
  readonly gauges: readonly GaugeView[];
  /** What it is made to tell; without metrics its figures are 0, which is not a quiet component but a blind spot. */
  readonly sees: Readonly<Record<Signal, boolean>>;
  /** What operators may set on it, with the verb "set". */
  readonly settings: readonly SettingView[];
  /** What operators may order it to do, each with a verb of its own. */
  readonly orders: readonly OrderView[];
  /** Only for a balancer. */
  readonly balancing: { readonly policy: string; readonly policies: readonly string[] } | null;
  /** Only for a service: how it calls on. */
  readonly calls: CallPolicyView | null;
}

/** The way of one request, slowest first among those shown. */
export interface TraceView {
  readonly operation: number;
  readonly component: string;
  readonly kind: string;
  readonly lengthMs: Ms;
  /** Stays at components that are instrumented for traces; the rest are gaps. Times are from the client's question on. */
  readonly spans: readonly SpanView[];
}

export interface SpanView {
  readonly component: string;
  readonly node: string;
  readonly attempt: number;
  readonly fromMs: Ms;
  /** −1 when it never ended. */
  readonly untilMs: Ms;
  readonly how: string;
}

/** One figure of a component; a state is an index into `states`. */
export interface GaugeView {
  readonly name: string;
  readonly unit: GaugeCard["unit"];
  readonly value: number;
  readonly states: readonly string[];
}

/** Something that can be set; a switch is 0 or 1, a choice an index into `choices`. */
export interface SettingView {
  readonly name: string;
  readonly about: string;
  readonly unit: Setting["unit"];
  readonly min: number;
  readonly max: number;
  readonly choices: readonly string[];
  readonly value: number;
}

/** Something that can be ordered, and why not just now; empty when it can. */
export interface OrderView {
  readonly verb: string;
  readonly about: string;
  readonly refusal: string;
}

export interface CallPolicyView {
  readonly timeoutMs: Ms;
  /** Attempts in all, the first included. */
  readonly attempts: number;
  readonly backoffMs: Ms;
  /** Longest queue before new work is refused. */
  readonly queueCap: number;
}

export interface QuorumView {
  readonly replicationFactor: number;
  readonly readQuorum: number;
  readonly writeQuorum: number;
}

export interface DialView {
  /** Index into `stops` of what the store does. */
  readonly at: number;
  /** Index into `stops` of the stop being turned to, or -1. A turn takes a moment. */
  readonly turningTo: number;
  /** What clients were promised (the contract), as a guarantee's name; and the stop that first honours it, or -1. */
  readonly promised: string;
  readonly promisedAt: number;
  readonly stops: readonly DialStopView[];
}

/** What the cut-off side of a partition does at a stop. `bounded`: serves until the bound is over. */
export type CutOff = "serves" | "refuses" | "bounded";

export interface DialStopView {
  readonly name: string;
  readonly readMsP50: Ms;
  readonly readMsP99: Ms;
  readonly writeMsP50: Ms;
  readonly writeMsP99: Ms;
  readonly cutOffReads: CutOff;
  readonly cutOffWrites: CutOff;
  readonly boundMs: Ms;
  readonly pricePerMinute: number;
}

/** All from the same ledger: `served + late + refused + unknown + wrong` operations, weighted by value. */
export interface GaugesView {
  /** Shares, 0 to 1. */
  readonly availability: number;
  readonly correctness: number;
  readonly score: number;
  readonly served: number;
  readonly late: number;
  readonly refused: number;
  readonly unknown: number;
  readonly wrong: number;
  /** Where the match has been on the availability × correctness plane: one point every 2 s. */
  readonly trail: readonly (readonly [number, number])[];
}

export interface SpendView {
  readonly spent: number;
  readonly budget: number;
  readonly perMinute: number;
  /** What it was spent on, by category, those without a price left out; they add up to `spent`. */
  readonly lines: readonly { readonly category: BillCategory; readonly dollars: number }[];
}

export interface CrewView {
  readonly total: number;
  readonly free: number;
}

/** Severity 1 wakes everybody, 3 can wait. */
export interface AlertView {
  readonly id: number;
  readonly severity: 1 | 2 | 3;
  readonly text: string;
  readonly sinceMs: Ms;
  /** When it cleared by itself; 0 while it burns. */
  readonly clearedMs: Ms;
  /** Operator who took it, or -1. */
  readonly takenBy: number;
  /** What to look at: a place of the map (`n2`, `z0`, `l1` for a link, `c0` for a component). */
  readonly at: string;
}

export interface PingView {
  readonly id: number;
  readonly by: number;
  readonly at: string;
  readonly word: string;
  readonly sinceMs: Ms;
  /** Seats that said aye or nay. */
  readonly ayes: readonly number[];
  readonly nays: readonly number[];
}

export interface PartitionView {
  /** Zones on the two sides, as indices: the monitor's own side first. */
  readonly sides: readonly (readonly number[])[];
  readonly sinceMs: Ms;
  /** True when only one direction is cut. */
  readonly oneWay: boolean;
}

export interface JobView {
  readonly text: string;
  readonly by: number;
  readonly at: string;
  readonly fromMs: Ms;
  readonly untilMs: Ms;
}

export interface VerbView {
  readonly name: string;
  readonly role: Role;
  /** True when one of this operator's roles holds the verb. */
  readonly yours: boolean;
}

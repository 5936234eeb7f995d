import type { Ms } from "../core/time.ts";
import { billTotals, type Bill } from "./bill.ts";
import type { Claims } from "./claims.ts";
import type { Cluster } from "./cluster.ts";
import type { Instrumentation } from "./instrumentation.ts";
import type { Jobs } from "./jobs.ts";
import type { Monitoring } from "./monitoring.ts";
import type { Pager } from "./alerts.ts";
import type { MatchRecord } from "./record.ts";
import type { Owners } from "./owners.ts";
import type { Role } from "./roles.ts";
import type { ComponentScene } from "./componentScene.ts";
import type { Scene } from "./scene.ts";
import { traceView } from "./traceView.ts";
import type { Tracer } from "./tracer.ts";
import { verbOf } from "./verbs/registry.ts";
import type { FlowView, LevelCard, NodeStatus, OperatorView, PartitionView, PingView, VerbView, View } from "./view.ts";

const PING_MS = 8_000;
const PINGS_KEPT = 8;

/** Where a match stands, as far as a view needs to know. */
export interface Moment {
  readonly clockMs: Ms;
  readonly lastsMs: Ms;
  readonly over: boolean;
}

export interface ShowSetup {
  readonly card: LevelCard;
  readonly cluster: Cluster;
  readonly record: MatchRecord;
  readonly monitoring: Monitoring;
  readonly scene: Scene;
  readonly parts: ComponentScene;
  readonly pager: Pager;
  readonly jobs: Jobs;
  readonly bill: Bill;
  readonly operators: readonly OperatorView[];
  readonly owners: Owners;
  readonly claims: Claims;
  readonly tracer: Tracer;
  readonly instrumentation: Instrumentation;
}

/** Everything that is only shown: seats, pings, pace, flows and the trail. Nothing in here has an effect on the match. */
export class Show {
  readonly #of: ShowSetup;
  operators: readonly OperatorView[];
  pace = { paused: false, speed: 1 };
  readonly trail: (readonly [number, number])[] = [];
  #pings: PingView[] = [];
  #nextPing = 0;
  #flows: FlowView[] = [];
  #partition: PartitionView | null = null;

  constructor(setup: ShowSetup) {
    this.#of = setup;
    this.operators = setup.operators;
  }

  /** Who sits in a seat now, or what it did last. */
  seat(operator: number, change: Partial<OperatorView>): void {
    this.operators = this.operators.map((seat, index) => (index === operator ? { ...seat, ...change } : seat));
  }

  ping(by: number, at: string, word: string, clockMs: Ms): void {
    this.#pings = [...this.#fresh(clockMs), { id: this.#nextPing++, by, at, word, sinceMs: clockMs, ayes: [], nays: [] }].slice(-PINGS_KEPT);
  }

  /** The newest pings, shown still or not. */
  get pings(): readonly PingView[] {
    return this.#pings;
  }

  /** Notes what an operator says to a call; who changes their mind is counted once. */
  vote(by: number, id: number, aye: boolean): void {
    const without = (voters: readonly number[]): number[] => voters.filter((voter) => voter !== by);
    this.#pings = this.#pings.map((ping) => {
      if (ping.id !== id) return ping;
      const ayes = aye ? [...without(ping.ayes), by] : without(ping.ayes);
      return { ...ping, ayes, nays: aye ? without(ping.nays) : [...without(ping.nays), by] };
    });
  }

  /** Takes over what was sent since the last call, and what partition can be seen, so that a view only has to look. */
  collect(): void {
    this.#flows = this.#of.scene.flows();
    this.#partition = this.#of.monitoring.partition();
  }

  /** Notes where the match is on the availability × correctness plane. */
  markTrail(): void {
    const { availability, correctness } = this.#of.record.ledger;
    this.trail.push([Math.round(availability * 1e5) / 1e5, Math.round(correctness * 1e5) / 1e5]);
  }

  status(node: number): NodeStatus {
    const { monitoring, jobs } = this.#of;
    return monitoring.status(node, jobs.isBusy("restart", `n${node}`) || jobs.isBusy("power", `n${node}`));
  }

  /** What an operator is shown now: a snapshot that nothing changes afterwards, so that two views can be compared. */
  view(operator: number, { clockMs, lastsMs, over }: Moment): View {
    const { card, scene, parts, record, monitoring, jobs, bill, cluster, pager, owners, claims, tracer, instrumentation } = this.#of;
    const roles = this.operators[operator]?.roles ?? [];
    const { ledger } = record;
    const sight = {
      buoys: roles.includes("lead"),
      status: (node: number) => this.status(node),
      turningTo: (store: number) => this.#turningTo(store),
      ownerOf: (component: string) => owners.ownerOf(component),
    };
    return {
      clockMs,
      lastsMs,
      phase: over ? "ended" : this.pace.paused ? "paused" : "running",
      speed: this.pace.speed,
      level: card,
      you: operator,
      operators: this.operators,
      zones: scene.zones(),
      nodes: scene.nodes(sight),
      links: monitoring.pairs.map(([a, b], index) => ({
        ...monitoring.link(a, b),
        repairUntilMs: jobs.open.find((job) => job.verb === "repairLink" && job.at === `l${index}`)?.untilMs ?? 0,
      })),
      components: parts.components(sight),
      flows: this.#flows,
      gauges: {
        availability: ledger.availability,
        correctness: ledger.correctness,
        score: Math.round(ledger.score * 10) / 10,
        ...ledger.counts,
        trail: [...this.trail],
      },
      spend: {
        spent: cents(bill.spent),
        budget: card.budget,
        perMinute: cents(bill.perMinute),
        lines: billTotals(bill.lines()).map(({ category, dollars }) => ({ category, dollars: cents(dollars) })),
      },
      crews: { total: cluster.level.crews, free: cluster.level.crews - jobs.count("repairLink") },
      alerts: [...pager.alerts],
      claims: claims.all,
      pings: this.#fresh(clockMs),
      traces: roles.includes("lead") ? tracer.slowest(3).map((trace) => traceView(trace, cluster, instrumentation)) : [],
      partition: this.#partition,
      jobs: jobs.open.map(({ text, by, at, fromMs, untilMs }) => ({ text, by, at, fromMs, untilMs })),
      verbs: this.#verbs(roles),
    };
  }

  #verbs(roles: readonly Role[]): VerbView[] {
    return this.#of.cluster.level.verbs.map((name) => {
      const { role } = verbOf(name);
      return { name, role: role ?? "lead", yours: role === null || roles.includes(role) };
    });
  }

  #turningTo(store: number): string | undefined {
    const job = this.#of.jobs.open.find(({ verb, at }) => verb === "dial" && at === `c${store}`);
    return job?.intent.verb === "dial" ? job.intent.stop : undefined;
  }

  #fresh(clockMs: Ms): PingView[] {
    return this.#pings.filter(({ sinceMs }) => sinceMs + PING_MS > clockMs);
  }
}

function cents(dollars: number): number {
  return Math.round(dollars * 100) / 100;
}

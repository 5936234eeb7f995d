import { invariant } from "../core/invariant.ts";
import { refusal, type Refusal } from "../core/refusal.ts";
import { usOf, type Ms } from "../core/time.ts";
import type { Level } from "../level/schema.ts";
import { Pager } from "./alerts.ts";
import { Cluster } from "./cluster.ts";
import type { Debrief, TimelineView } from "./debrief.ts";
import { debriefOf } from "./debriefOf.ts";
import { scheduleFaults, type Scheduled } from "./faultSchedule.ts";
import type { Intent, LoggedIntent, VerbName } from "./intent.ts";
import { Jobs } from "./jobs.ts";
import { levelCard } from "./levelCard.ts";
import { Monitoring } from "./monitoring.ts";
import { MatchRecord } from "./record.ts";
import type { Role } from "./roles.ts";
import { Scene } from "./scene.ts";
import { verbOf } from "./verbs/registry.ts";
import type { Stage } from "./verbs/verb.ts";
import type { FlowView, LevelCard, NodeStatus, OperatorView, PingView, View } from "./view.ts";

/** Length of a tick: intents take effect at its start. */
export const TICK_MS = 50;
/** Version of the rules: a log replays only under the version that it was played with. */
export const SIM_VERSION = 1;
const PING_MS = 8_000;
const TRAIL_MS = 2_000;
/** Verbs that every level allows. */
const ALWAYS: readonly string[] = ["ping", "take"];

/** Who sits in a seat at the start. */
export interface CrewMember {
  readonly name: string;
  readonly roles: readonly Role[];
}

/**
 * A match: a function of (level, seed, intents). Same three, same match, to the bit. Time moves in ticks of 50 ms when
 * `advance` is called; what is shown and who is connected have no influence on it.
 */
export class Match {
  readonly level: Level;
  readonly seed: string;
  readonly card: LevelCard;
  readonly record: MatchRecord;
  readonly cluster: Cluster;
  readonly faults: readonly Scheduled[];
  readonly log: LoggedIntent[] = [];
  readonly acts: TimelineView["acts"][number][] = [];
  readonly pager: Pager;
  readonly trail: (readonly [number, number])[] = [];
  readonly #monitoring: Monitoring;
  readonly #scene: Scene;
  readonly #jobs = new Jobs();
  readonly #waiting: LoggedIntent[] = [];
  readonly #stage: Stage;
  #operators: OperatorView[];
  #pings: PingView[] = [];
  #nextPing = 0;
  #flows: FlowView[] = [];
  #spent = 0;
  #pace = { paused: false, speed: 1 };
  #debrief: Debrief | undefined;
  /** Length of the match, ms; shorter than the level's when it was ended early. */
  lastsMs: Ms;
  tick = 0;
  over = false;

  constructor(level: Level, seed: string, crew: readonly CrewMember[]) {
    invariant(crew.length > 0, "match: a crew has at least one operator");
    this.level = level;
    this.seed = seed;
    this.lastsMs = level.lasts;
    this.card = levelCard(level);
    this.record = new MatchRecord(level);
    this.cluster = new Cluster(level, seed, this.record);
    this.record.attach(this.cluster.world, this.cluster.traffic);
    this.faults = scheduleFaults(this.cluster, level);
    this.#monitoring = new Monitoring(this.cluster);
    this.#scene = new Scene(this.cluster, this.#monitoring, this.record);
    this.pager = new Pager(this.cluster, this.#monitoring, this.record);
    this.#operators = crew.map(({ name, roles }) => ({ name, roles, bot: false, connected: true, lastAct: "" }));
    this.#stage = this.#makeStage();
  }

  get clockMs(): Ms {
    return Math.min(this.tick * TICK_MS, this.lastsMs);
  }

  get operators(): readonly OperatorView[] {
    return this.#operators;
  }

  get spent(): number {
    return this.#spent;
  }

  /** Asks for something to be done at the next tick: refused with a sentence, or logged. */
  intend(operator: number, intent: Intent): Refusal | LoggedIntent {
    const refused = this.#refuse(operator, intent);
    if (refused !== null) {
      this.#note(operator, intent, true);
      return refused;
    }
    const logged: LoggedIntent = { tick: this.tick, operator, intent };
    this.#waiting.push(logged);
    this.log.push(logged);
    return logged;
  }

  /** Plays an intent of an old log: it was accepted then, so it is applied without asking again. */
  replay(logged: LoggedIntent): void {
    invariant(logged.tick === this.tick, `match: an intent of tick ${logged.tick} is replayed at tick ${this.tick}`);
    this.#waiting.push(logged);
    this.log.push(logged);
  }

  /** Lets one tick pass. After the last one every open request is waited for, so that each ends in one bucket. */
  advance(): void {
    if (this.over) return;
    for (const { operator, intent } of this.#waiting.splice(0)) this.#apply(operator, intent);
    this.tick++;
    this.cluster.world.kernel.runUntil(usOf(this.tick * TICK_MS));
    for (const job of this.#jobs.done(this.clockMs)) this.#finishJob(job.verb, job.intent, job.by);
    this.#spent += (this.#perMinute() * TICK_MS) / 60_000;
    if (this.tick % 2 === 0) this.#flows = this.#scene.flows();
    if (this.tick % 10 === 0) this.pager.look(this.clockMs, (node) => this.#status(node));
    if (this.tick % 20 === 0) this.record.tick();
    if ((this.tick * TICK_MS) % TRAIL_MS === 0) this.#trailPoint();
    if (this.tick * TICK_MS >= this.lastsMs) this.#finish();
  }

  /** Ends the match now and keeps the score. */
  end(): void {
    this.lastsMs = Math.max(TICK_MS, this.tick * TICK_MS);
    this.#finish();
  }

  /** Who sits in a seat now; for show only. */
  seat(operator: number, state: { name: string; bot: boolean; connected: boolean }): void {
    this.#operators = this.#operators.map((seat, index) => (index === operator ? { ...seat, ...state } : seat));
  }

  /** Whether the room's clock runs and how fast; for show only. */
  setPace(pace: { paused: boolean; speed: number }): void {
    this.#pace = pace;
  }

  /** What an operator is shown now. */
  view(operator: number): View {
    const roles = this.#operators[operator]?.roles ?? [];
    const { ledger } = this.record;
    const sight = {
      buoys: roles.includes("lead"),
      status: (node: number) => this.#status(node),
      turningTo: (store: number) => this.#turningTo(store),
    };
    return {
      clockMs: this.clockMs,
      lastsMs: this.lastsMs,
      phase: this.over ? "ended" : this.#pace.paused ? "paused" : "running",
      speed: this.#pace.speed,
      level: this.card,
      you: operator,
      operators: this.#operators,
      zones: this.#scene.zones(),
      nodes: this.#scene.nodes(sight),
      links: this.#monitoring.pairs.map(([a, b], index) => ({
        ...this.#monitoring.link(a, b),
        repairUntilMs: this.#jobs.open.find((job) => job.verb === "repairLink" && job.at === `l${index}`)?.untilMs ?? 0,
      })),
      components: this.#scene.components(sight),
      flows: this.#flows,
      gauges: {
        availability: ledger.availability,
        correctness: ledger.correctness,
        score: Math.round(ledger.score * 10) / 10,
        ...ledger.counts,
        trail: this.trail,
      },
      spend: { spent: Math.round(this.#spent * 100) / 100, budget: this.level.budget, perMinute: Math.round(this.#perMinute() * 100) / 100 },
      crews: { total: this.level.crews, free: this.#stage.crewsFree },
      alerts: this.pager.alerts,
      pings: this.#pings.filter(({ sinceMs }) => sinceMs + PING_MS > this.clockMs),
      partition: this.#monitoring.partition(),
      jobs: this.#jobs.open.map(({ text, by, at, fromMs, untilMs }) => ({ text, by, at, fromMs, untilMs })),
      verbs: this.#verbs(roles),
    };
  }

  /** The end of the match, told. */
  debrief(): Debrief {
    invariant(this.over, "match: the debrief comes after the end");
    this.#debrief ??= debriefOf(this);
    return { ...this.#debrief, operators: this.#operators };
  }

  /** Hash of everything that happened so far. */
  stateHash(): string {
    return this.cluster.world.kernel.digest();
  }

  #verbs(roles: readonly Role[]) {
    return this.level.verbs.map((name) => {
      const { role } = verbOf(name as VerbName);
      return { name, role: role ?? ("lead" as const), yours: role === null || roles.includes(role) };
    });
  }

  #refuse(operator: number, intent: Intent): Refusal | null {
    const seat = this.#operators[operator];
    if (this.over) return refusal("over", "The match is over.");
    if (seat === undefined) return refusal("noSeat", "You have no seat in this match.");
    if (!this.level.verbs.includes(intent.verb) && !ALWAYS.includes(intent.verb)) {
      return refusal("notInLevel", "That can't be done on this level.");
    }
    const verb = verbOf(intent.verb);
    if (verb.role !== null && !seat.roles.includes(verb.role)) {
      const holder = this.#operators.find(({ roles }) => roles.includes(verb.role!));
      return refusal("notYourRole", `That is ${holder?.name ?? "somebody else"}'s call: ask them.`);
    }
    return verb.refuse(this.#stage, intent);
  }

  #apply(operator: number, intent: Intent): void {
    const verb = verbOf(intent.verb);
    const { kernel } = this.cluster.world;
    kernel.stamp(operator);
    for (let i = 0; i < intent.verb.length; i++) kernel.stamp(intent.verb.charCodeAt(i));
    this.#note(operator, intent, false);
    verb.begin?.(this.#stage, intent);
    const durationMs = verb.durationMs(this.#stage, intent);
    if (durationMs === 0) {
      this.#finishJob(intent.verb, intent, operator);
      return;
    }
    const fromMs = this.clockMs;
    const at = verb.at(this.#stage, intent);
    this.#jobs.add({ verb: intent.verb, intent, by: operator, at, text: verb.describe(this.#stage, intent), fromMs, untilMs: fromMs + durationMs });
  }

  #finishJob(verb: VerbName, intent: Intent, operator: number): void {
    verbOf(verb).finish(this.#stage, intent, operator);
    if (verb === "quorum") this.#scene.forgetPredictions();
  }

  #note(operator: number, intent: Intent, refused: boolean): void {
    const text = verbOf(intent.verb).describe(this.#stage, intent);
    this.acts.push({ operator, text, atMs: this.clockMs, refused });
    if (refused) return;
    this.#operators = this.#operators.map((seat, index) => (index === operator ? { ...seat, lastAct: text } : seat));
  }

  #status(node: number): NodeStatus {
    return this.#monitoring.status(node, this.#jobs.isBusy("restart", `n${node}`) || this.#jobs.isBusy("power", `n${node}`));
  }

  #turningTo(store: number): string | undefined {
    const job = this.#jobs.open.find(({ verb, at }) => verb === "dial" && at === `c${store}`);
    return job?.intent.verb === "dial" ? job.intent.stop : undefined;
  }

  /** Dollars a minute: machines that are on (or booting), and the stores at their stops. */
  #perMinute(): number {
    const machines = this.cluster.rents.reduce((sum, rent, node) => {
      const off = this.cluster.world.machines[node]!.state === "off" && !this.#jobs.isBusy("power", `n${node}`);
      return off ? sum : sum + rent.sizes[rent.size]!.price;
    }, 0);
    return this.cluster.stores().reduce((sum, store) => sum + this.#scene.dialPrice(store), machines);
  }

  #trailPoint(): void {
    const { availability, correctness } = this.record.ledger;
    this.trail.push([Math.round(availability * 1e5) / 1e5, Math.round(correctness * 1e5) / 1e5]);
  }

  #finish(): void {
    if (this.over) return;
    const longestMs = Math.max(...Object.values(this.level.contract).map(({ answerWithin, giveUpAfter }) => giveUpAfter ?? answerWithin * 3));
    this.cluster.traffic.close();
    this.cluster.world.kernel.runUntil(usOf(this.tick * TICK_MS + longestMs + TICK_MS));
    this.record.finish();
    this.#trailPoint();
    this.over = true;
  }

  #makeStage(): Stage {
    const match = this;
    return {
      cluster: this.cluster,
      get clockMs() {
        return match.clockMs;
      },
      get moneyLeft() {
        return match.level.budget - match.#spent;
      },
      get crewsFree() {
        return match.level.crews - match.#jobs.count("repairLink");
      },
      isBusy: (verb, at) => this.#jobs.isBusy(verb, at),
      ping: (by, at, word) => {
        this.#pings = [...this.#pings.filter(({ sinceMs }) => sinceMs + PING_MS > this.clockMs), { id: this.#nextPing++, by, at, word, sinceMs: this.clockMs }].slice(-8);
      },
      take: (by, alert) => this.pager.take(alert, by),
    };
  }
}

import { invariant } from "../core/invariant.ts";
import type { Refusal } from "../core/refusal.ts";
import { TICK_MS, usOf, type Ms } from "../core/time.ts";
import type { Level } from "../level/schema.ts";
import { Pager } from "./alerts.ts";
import { Bill, type BillLine } from "./bill.ts";
import { Claims } from "./claims.ts";
import { ChaosDirector } from "./chaos/director.ts";
import { Cluster } from "./cluster.ts";
import type { Debrief, TimelineView } from "./debrief.ts";
import { debriefOf } from "./debriefOf.ts";
import { FaultSchedule, type Scheduled } from "./faultSchedule.ts";
import { HashMarks, type HashMark } from "./hashMarks.ts";
import { Instrumentation } from "./instrumentation.ts";
import type { Intent, LoggedIntent, VerbName } from "./intent.ts";
import { Jobs } from "./jobs.ts";
import { levelCard } from "./levelCard.ts";
import { Monitoring } from "./monitoring.ts";
import { MatchRecord } from "./record.ts";
import { Owners } from "./owners.ts";
import { permission } from "./permission.ts";
import { stageOf } from "./stageOf.ts";
import type { Role } from "./roles.ts";
import { ComponentScene } from "./componentScene.ts";
import { Dials } from "./dials.ts";
import { Scene } from "./scene.ts";
import { Show } from "./show.ts";
import { Tracer } from "./tracer.ts";
import { verbOf } from "./verbs/registry.ts";
import type { Stage } from "./verbs/verb.ts";
import type { LevelCard, OperatorView, View } from "./view.ts";

export { TICK_MS };
/** Version of the rules: a log replays only under the version that it was played with. */
export const SIM_VERSION = 3;
/** Ticks between two of each: flows and partition collected, the pager's look, a reading of the meters, a point of the trail. */
const EVERY = { collection: 2, look: 10, reading: 20, trail: 40 };

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
  /** Every accepted intent: with level and seed, all that a replay needs. */
  readonly log: LoggedIntent[] = [];
  /** What operators asked for, refused or not, in words. */
  readonly acts: TimelineView["acts"][number][] = [];
  readonly pager: Pager;
  readonly #faults: FaultSchedule;
  readonly chaos: ChaosDirector;
  readonly #bill: Bill;
  readonly #show: Show;
  readonly #dials: Dials;
  readonly #jobs = new Jobs();
  readonly #marks = new HashMarks();
  readonly owners: Owners;
  readonly claims = new Claims();
  readonly #waiting: LoggedIntent[] = [];
  /** What the verbs may look at; whoever has no order to carry out only looks. */
  readonly stage: Stage;
  #debrief: Debrief | undefined;
  /** Length of the match; shorter than the level's when it was ended early. */
  lastsMs: Ms;
  tick = 0;
  over = false;

  constructor(level: Level, seed: string, crew: readonly CrewMember[]) {
    invariant(crew.length > 0, "match: a crew has at least one operator");
    this.level = level;
    this.seed = seed;
    this.lastsMs = level.lasts;
    this.card = levelCard(level);
    this.owners = new Owners(level.teams, crew.length);
    this.record = new MatchRecord(level);
    this.cluster = new Cluster(level, seed, this.record);
    const tracer = new Tracer(this.cluster.world, this.cluster.watching.sampling);
    this.cluster.world.instruments = tracer;
    this.record.attach(this.cluster, tracer);
    const instrumentation = new Instrumentation(this.cluster, this.cluster.watching);
    this.#faults = new FaultSchedule(this.cluster, level);
    this.chaos = new ChaosDirector(level, this.#faults, this.cluster.world.streams);
    const { card, cluster, record } = this;
    const monitoring = new Monitoring(cluster);
    this.#dials = new Dials(cluster);
    const scene = new Scene(cluster, monitoring, record, instrumentation);
    const parts = new ComponentScene({ cluster, monitoring, record, instrumentation, dials: this.#dials });
    this.pager = new Pager(cluster, monitoring, record, instrumentation);
    this.#bill = new Bill(cluster, this.#jobs, this.#dials, instrumentation);
    const operators = crew.map(({ name, roles }) => ({ name, roles, bot: false, connected: true, lastAct: "" }));
    this.#show = new Show({ card, cluster, record, monitoring, scene, parts, pager: this.pager, jobs: this.#jobs, bill: this.#bill, operators, owners: this.owners, claims: this.claims, tracer, instrumentation });
    this.stage = stageOf({ match: this, jobs: this.#jobs, show: this.#show, waiting: this.#waiting, instrumentation });
  }

  get clockMs(): Ms {
    return Math.min(this.tick * TICK_MS, this.lastsMs);
  }

  get operators(): readonly OperatorView[] {
    return this.#show.operators;
  }

  get trail(): readonly (readonly [number, number])[] {
    return this.#show.trail;
  }

  /** State hashes along the way: with the log, what a replay is compared by. */
  get marks(): readonly HashMark[] {
    return this.#marks.all;
  }

  /** The level's faults with the times that the seed drew for them, and then those that were let loose. */
  get faults(): readonly Scheduled[] {
    return this.#faults.scheduled;
  }

  /** What they were spent on so far. */
  get bill(): readonly BillLine[] {
    return this.#bill.lines();
  }

  /** Dollars spent so far. */
  get spent(): number {
    return this.#bill.spent;
  }

  /** Asks for something to be done at the next tick: refused with a sentence, or logged. */
  intend(operator: number, intent: Intent): Refusal | LoggedIntent {
    const refused = this.refusalOf(operator, intent);
    if (refused !== null) {
      this.#note(operator, intent, true);
      return refused;
    }
    const logged: LoggedIntent = { tick: this.tick, operator, intent };
    this.replay(logged);
    return logged;
  }

  /** Why it would be refused now, or null: asking changes nothing. */
  refusalOf(operator: number, intent: Intent): Refusal | null {
    return permission(this, operator, intent) ?? verbOf(intent.verb).refuse(this.stage, intent);
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
    for (const job of this.#jobs.done(this.clockMs)) this.#takeEffect(job.verb, job.intent, job.by);
    this.#bill.pass(TICK_MS);
    this.#marks.note(this.tick, () => this.stateHash());
    if (this.tick % EVERY.collection === 0) this.#show.collect();
    if (this.tick % EVERY.look === 0) this.pager.look(this.clockMs, (node) => this.#show.status(node));
    if (this.tick % EVERY.reading === 0) this.record.tick();
    if (this.tick % EVERY.reading === 0) this.chaos.look(this.clockMs, EVERY.reading * TICK_MS, this.record.ledger.counts);
    if (this.tick % EVERY.trail === 0) this.#show.markTrail();
    if (this.tick * TICK_MS >= this.lastsMs) this.#finish();
  }

  /** Ends the match now and keeps the score. */
  end(): void {
    if (this.over) return;
    this.lastsMs = Math.max(TICK_MS, this.tick * TICK_MS);
    this.#finish();
  }

  /** Who sits in a seat now; for show only. */
  seat(operator: number, state: { name: string; bot: boolean; connected: boolean }): void {
    this.#show.seat(operator, state);
  }

  /** Whether the room's clock runs and how fast; for show only. */
  setPace(pace: { paused: boolean; speed: number }): void {
    this.#show.pace = pace;
  }

  /** What an operator is shown now. */
  view(operator: number): View {
    return this.#show.view(operator, this);
  }

  /** The end of the match, told. */
  debrief(): Debrief {
    invariant(this.over, "match: the debrief comes after the end");
    this.#debrief ??= debriefOf(this);
    return Object.assign({}, this.#debrief, { operators: this.operators });
  }

  /** Hash of everything that happened so far. */
  stateHash(): string {
    return this.cluster.world.kernel.digest();
  }

  #apply(operator: number, intent: Intent): void {
    const verb = verbOf(intent.verb);
    const { kernel } = this.cluster.world;
    kernel.stamp(operator);
    kernel.stampText(JSON.stringify(intent));
    this.#note(operator, intent, false);
    verb.begin?.(this.stage, intent);
    const durationMs = verb.durationMs(this.stage, intent);
    if (durationMs === 0) {
      this.#takeEffect(intent.verb, intent, operator);
      return;
    }
    const fromMs = this.clockMs;
    const [at, text] = [verb.at(this.stage, intent), verb.describe(this.stage, intent)];
    this.#jobs.add({ verb: intent.verb, intent, by: operator, at, text, fromMs, untilMs: fromMs + durationMs });
  }

  #takeEffect(verb: VerbName, intent: Intent, operator: number): void {
    verbOf(verb).finish(this.stage, intent, operator);
    if (verb === "quorum" || verb === "set") this.#dials.forget();
  }

  #note(operator: number, intent: Intent, refused: boolean): void {
    const text = verbOf(intent.verb).describe(this.stage, intent);
    this.acts.push({ operator, text, atMs: this.clockMs, refused });
    if (!refused) this.#show.seat(operator, { lastAct: text });
  }

  #finish(): void {
    const longestMs = Math.max(...Object.values(this.level.contract).map(({ answerWithin, giveUpAfter }) => giveUpAfter ?? answerWithin * 3));
    this.cluster.traffic.close();
    this.cluster.world.instruments?.closed();
    this.cluster.world.kernel.runUntil(usOf(this.tick * TICK_MS + longestMs + TICK_MS));
    this.record.finish();
    this.#bill.fine(this.claims.judge(this.level, this.record));
    this.#show.markTrail();
    this.over = true;
  }
}

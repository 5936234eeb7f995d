import { exponential, type Distribution } from "../../core/distribution.ts";
import { mutates } from "../../core/operations.ts";
import type { Stream } from "../../core/random.ts";
import { usOf, type Us } from "../../core/time.ts";
import { STAGE } from "../../sim/journeys.ts";
import type { Request } from "../../sim/message.ts";
import type { ProcessId } from "../../sim/process.ts";
import { Durable } from "../durable.ts";
import { Endpoint, type Standing } from "../endpoint.ts";
import type { FeedEntry, FollowAnswer, FollowQuestion } from "../feed.ts";
import type { Built } from "../site.ts";
import type { ProjectionConfig, ProjectionPolicy } from "./config.ts";
import { EMPTY_ROW, LIVE, NEXT, progressOf, viewDisk, type View, type ViewChange, type ViewDisk } from "./view.ts";

/** What all nodes of a projection have in common. */
export interface ProjectionPlan {
  readonly name: string;
  readonly config: ProjectionConfig;
  readonly policy: ProjectionPolicy;
  readonly source: Built;
}

/** Changes that were read and wait for the CPU: those of a node's own keys. */
interface Taking {
  readonly feed: number;
  readonly answer: FollowAnswer;
  readonly own: readonly FeedEntry[];
}

const TIMER_POLL = 0;
/** A question that was not answered, or whose answer was not taken in, for so long is asked again. */
const RENEW_US: Us = 1_000_000;

/** One node of a projection: derives the rows of its keys from the source, and answers questions about them. */
export class Projector extends Endpoint<never> {
  readonly #plan: ProjectionPlan;
  readonly #place: number;
  readonly #searchUs: Distribution;
  readonly #luck: Stream;
  readonly #disk: Durable<ViewDisk, ViewChange, Request>;
  /** Newest positions that each feed has told of. */
  #ends: number[] = [];
  /** When each question under way was asked, by view and feed. */
  readonly #asked = new Map<string, Us>();

  /** `place` is the node's among those that the keys are dealt to. */
  constructor(standing: Standing, plan: ProjectionPlan, place: number) {
    super(standing);
    this.#plan = plan;
    this.#place = place;
    this.#searchUs = exponential(usOf(plan.config.searchTime));
    this.#luck = this.world.streams.stream("projection", `${plan.name}/${this.machine.name}`);
    this.#disk = new Durable(viewDisk(plan.config.standby));
    this.#setTimer();
  }

  /** Changes taken in, changes known of and not yet taken in, and the share of a rebuild that is done (1 without one). */
  gauges(): readonly number[] {
    const { live, next } = this.#disk.memory;
    return [live.known.size, this.#behind(live), next === null ? 1 : this.#shareRead(next)];
  }

  /** Changes in its rows. */
  get changes(): number {
    return this.#disk.disk.live.known.size;
  }

  /** A rebuild is under way. */
  get rebuilding(): boolean {
    return this.#disk.memory.next !== null;
  }

  /** Begins to derive everything again; the view that there is goes on answering until the new one has caught up. */
  rebuild(): void {
    if (this.machine.state !== "up") return;
    this.#write({ type: "rebuild" });
    this.#follow();
  }

  protected costUs({ kind }: Request): Us {
    return mutates(kind) ? usOf(this.#plan.config.time) : this.#searchUs.sample(this.#luck);
  }

  protected serve(request: Request): void {
    const { kind, key, operation, argument: value } = request;
    if (mutates(kind)) {
      this.reach(operation, STAGE.replicating);
      this.#write({ type: "told", entry: { position: 0, kind, key, value, operation } }, request);
    } else if (!this.#disk.disk.built) this.refuse(request, "notBuilt");
    else this.#answer(request);
  }

  override synced(token: number): void {
    for (const request of this.#disk.synced(token)) this.ok(request);
  }

  protected override heard(from: ProcessId, message: unknown): void {
    const answer = message as FollowAnswer;
    const feed = this.#plan.source.instances.findIndex(({ process }) => process === from);
    const own = answer.entries.filter(({ key }) => key % this.#plan.config.on.length === this.#place);
    this.#ends[feed] = answer.end;
    const taking: Taking = { feed, answer, own };
    this.#asked.set(`${answer.view}/${feed}`, this.world.kernel.nowUs);
    this.spend(taking, Math.max(1, own.length * usOf(this.#plan.config.time)));
  }

  protected override worked(subject: unknown): void {
    const { feed, answer, own } = subject as Taking;
    const { view: number, life, after, end } = answer;
    const view = this.#view(number);
    this.#asked.delete(`${number}/${feed}`);
    if (view === null) return;
    // An answer that was overtaken, or that came twice, is no news.
    const { life: known, position } = progressOf(view, feed);
    if (life === known ? after !== position : after !== 0 || life < known) return;
    const to = { life, position: after + answer.entries.length };
    if (to.position > position || life !== known) this.#write({ type: "read", view: number, feed, to, entries: own });
    if (to.position < end) this.#ask(number, feed);
    else if (number === NEXT) this.#swapWhenDone(view);
  }

  protected override due(): void {
    this.#follow();
    this.#setTimer();
  }

  protected override forget(): void {
    this.#disk.crashed();
    this.#ends = [];
    this.#asked.clear();
  }

  override restarted(diskLost: boolean): void {
    if (diskLost) this.#disk.lost();
    this.#setTimer();
  }

  #setTimer(): void {
    this.world.setTimer(this.self, TIMER_POLL, usOf(this.#plan.policy.pollMs));
  }

  #write(change: ViewChange, request: Request | null = null): void {
    this.machine.sync(this.self, this.#disk.write(change, request));
  }

  #view(number: number): View | null {
    return number === LIVE ? this.#disk.memory.live : this.#disk.memory.next;
  }

  #follow(): void {
    const { built, next } = this.#disk.memory;
    for (let feed = 0; feed < this.#plan.source.instances.length; feed++) {
      if (built && this.#plan.policy.fed === "changeFeed") this.#ask(LIVE, feed);
      if (next !== null) this.#ask(NEXT, feed);
    }
  }

  #ask(number: number, feed: number): void {
    const nowUs = this.world.kernel.nowUs;
    if (nowUs - (this.#asked.get(`${number}/${feed}`) ?? -Infinity) < RENEW_US) return;
    this.#asked.set(`${number}/${feed}`, nowUs);
    const { life, position } = progressOf(this.#view(number)!, feed);
    const most = this.#plan.policy.batch;
    const question: FollowQuestion = { type: "follow", view: number, life, after: position, most };
    this.tell(this.#plan.source.instances[feed]!.process, question);
  }

  #behind(view: View): number {
    return this.#ends.reduce((sum, end, feed) => sum + Math.max(0, end - progressOf(view, feed).position), 0);
  }

  #shareRead(view: View): number {
    const all = this.#ends.reduce((sum, end) => sum + end, 0);
    return all === 0 ? 0 : 1 - this.#behind(view) / all;
  }

  /** The new view takes over once it has read every feed to the end that was known. */
  #swapWhenDone(view: View): void {
    const feeds = this.#plan.source.instances.length;
    for (let feed = 0; feed < feeds; feed++) {
      if (progressOf(view, feed).position < (this.#ends[feed] ?? Infinity)) return;
    }
    this.#write({ type: "swap" });
  }

  #answer(request: Request): void {
    const { values, count, sum } = this.#disk.disk.live.rows.get(request.key) ?? EMPTY_ROW;
    switch (this.#plan.config.shows) {
      case "list":
        this.ok(request, { value: values.at(-1) ?? null, values });
        break;
      case "newest":
        this.ok(request, { value: values.at(-1) ?? null });
        break;
      case "count":
        this.ok(request, { value: count });
        break;
      case "sum":
        this.ok(request, { value: sum });
    }
  }
}

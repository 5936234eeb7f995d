import { exponential, type Distribution } from "../../core/distribution.ts";
import { mutates } from "../../core/operations.ts";
import type { Stream } from "../../core/random.ts";
import { usOf, type Us } from "../../core/time.ts";
import { STAGE } from "../../sim/journeys.ts";
import type { Request } from "../../sim/message.ts";
import { Durable } from "../durable.ts";
import type { Standing } from "../endpoint.ts";
import { FeedSource, type FeedEntry } from "../feed.ts";
import type { EventStoreConfig, EventStorePolicy } from "./config.ts";
import { beginning, eventsSince, load, streamsDisk, versionOf, type StreamChange, type Streams } from "./streams.ts";

/** What all nodes of an event store have in common. */
export interface EventStorePlan {
  readonly name: string;
  readonly config: EventStoreConfig;
  readonly policy: EventStorePolicy;
}

/** An aggregate that is being loaded for a request, as it stood when that began. */
interface Loading {
  readonly request: Request;
  readonly version: number;
  readonly attempt: number;
}

/** One node of an event store. */
export class EventNode extends FeedSource<never> {
  readonly #plan: EventStorePlan;
  readonly #requestUs: Distribution;
  readonly #luck: Stream;
  readonly #disk = new Durable<Streams, StreamChange, Request>(streamsDisk);
  #conflicts = 0;

  constructor(standing: Standing, plan: EventStorePlan) {
    super(standing);
    this.#plan = plan;
    this.#requestUs = exponential(usOf(plan.config.time));
    this.#luck = this.world.streams.stream("eventStore", `${plan.name}/${this.machine.name}`);
  }

  /** Events, the most events that any stream has since its snapshot, and conflicts since it started. */
  gauges(): readonly number[] {
    const streams = this.#disk.disk;
    let age = 0;
    for (const key of streams.events.keys()) age = Math.max(age, versionOf(streams, key) - this.#begins(key));
    return [streams.feed.length, age, this.#conflicts];
  }

  protected costUs(): Us {
    return this.#requestUs.sample(this.#luck);
  }

  protected serve(request: Request): void {
    if (mutates(request.kind) && this.#disk.disk.known.has(request.operation)) this.ok(request);
    else this.#load(request, 1);
  }

  protected override done(subject: unknown): void {
    const loading = subject as Loading;
    const { request } = loading;
    if (mutates(request.kind)) this.#decide(loading);
    else {
      // Readers see what is durable, so that no crash takes back what somebody saw.
      const { values, version } = load(this.#disk.disk, request.key, this.#plan.policy.schema);
      this.ok(request, { value: values.at(-1) ?? null, values, position: version });
    }
  }

  override synced(token: number): void {
    for (const request of this.#disk.synced(token)) this.ok(request, { position: versionOf(this.#disk.disk, request.key) });
  }

  protected override forget(): void {
    this.#disk.crashed();
    this.#conflicts = 0;
  }

  override restarted(diskLost: boolean): void {
    if (!diskLost) return;
    this.#disk.lost();
    this.life = this.world.kernel.nowUs;
  }

  protected feed(): readonly FeedEntry[] {
    return this.#disk.disk.feed;
  }

  protected feedUs(): Us {
    return usOf(this.#plan.config.eventTime);
  }

  #begins(key: number): number {
    return beginning(this.#disk.memory, key, this.#plan.policy.schema).version;
  }

  /** Folds the aggregate of a request, which takes longer the more events there are since its snapshot. */
  #load(request: Request, attempt: number): void {
    const { config, policy } = this.#plan;
    const events = eventsSince(this.#disk.memory, request.key, this.#begins(request.key));
    const old = events.filter(({ schema }) => schema < policy.schema).length;
    const costUs = events.length * usOf(config.eventTime) + old * usOf(config.upcastTime);
    const version = versionOf(this.#disk.memory, request.key);
    this.reach(request.operation, STAGE.queued);
    const loading: Loading = { request, version, attempt };
    if (!this.spend(loading, Math.max(1, costUs))) this.refuse(request, "queueFull");
  }

  /**
   * Appends the event if the stream is still as the decision found it; otherwise loads and decides anew.
   * Source: optimistic concurrency by expected version, Young 2010, "CQRS Documents", section "Building an event storage".
   */
  #decide({ request, version, attempt }: Loading): void {
    const { key, operation, argument } = request;
    if (versionOf(this.#disk.memory, key) !== version) {
      this.#conflicts++;
      if (attempt < this.#plan.config.attempts) this.#load(request, attempt + 1);
      else this.refuse(request, "conflict");
      return;
    }
    const event = { value: argument ?? 0, operation, schema: this.#plan.policy.schema };
    this.reach(operation, STAGE.replicating);
    this.#write({ type: "append", key, event }, request);
    this.#snapshotWhenDue(key);
  }

  #snapshotWhenDue(key: number): void {
    const { snapshotEvery, schema } = this.#plan.policy;
    if (snapshotEvery === 0 || versionOf(this.#disk.memory, key) - this.#begins(key) < snapshotEvery) return;
    const aggregate = load(this.#disk.memory, key, schema);
    this.#write({ type: "snapshot", key, snapshot: { aggregate, schema } }, null);
  }

  #write(change: StreamChange, request: Request | null): void {
    this.machine.sync(this.self, this.#disk.write(change, request));
  }
}

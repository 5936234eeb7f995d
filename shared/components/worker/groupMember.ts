import type { Stream } from "../../core/random.ts";
import { usOf, type Us } from "../../core/time.ts";
import type { ProcessId } from "../../sim/process.ts";
import { Endpoint, type Standing } from "../endpoint.ts";
import type { Delivery, FromConsumer, Place, ToConsumer } from "../queue/messages.ts";
import type { Letter } from "../queue/partition.ts";
import type { BuiltQueue } from "../queue/queue.ts";
import type { Built } from "../site.ts";
import type { WorkerConfig, WorkerPolicy } from "./config.ts";
import { take, type Held, type Task } from "./held.ts";

/** What all instances of a worker have in common. */
export interface WorkerPlan {
  readonly name: string;
  readonly config: WorkerConfig;
  readonly policy: WorkerPolicy;
  readonly queue: BuiltQueue;
  readonly target: Built;
  readonly group: number;
}

const TIMER_HEARTBEAT = 0;
const TIMER_POLL = 1;

/**
 * A member of a consumer group: joins, shows that it is alive, takes what it is dealt and lets go of it when it is called,
 * fetches messages and commits what is done. What is done with a message is its child's business.
 */
export abstract class GroupMember extends Endpoint<Task> {
  protected readonly plan: WorkerPlan;
  protected held: Held[] = [];
  /** Called to let go of its partitions: finishes what is in hand and begins nothing. */
  protected leaving = true;
  readonly #heartbeatLuck: Stream;
  #generation = 0;

  constructor(standing: Standing, plan: WorkerPlan) {
    super(standing);
    this.plan = plan;
    this.#heartbeatLuck = this.world.streams.stream("heartbeat", `${plan.name}/${this.machine.name}`);
    this.#setTimers();
  }

  /** Takes a message in hand. */
  protected abstract begin(held: Held, letter: Letter): void;
  /** A message is done, or given up for good. */
  protected abstract doneWith(held: Held): void;

  protected costUs(): Us {
    return 0;
  }

  protected serve(): void {}

  protected override heard(_from: ProcessId, message: unknown): void {
    const told = message as ToConsumer;
    if (told.type === "rejoin") this.#letGo();
    else if (told.type === "assigned") this.#take(told.generation, told.partitions);
    else if (told.type !== "alive") {
      const held = this.#mine(told.at);
      if (held !== undefined) this.#hearOf(held, told);
    }
  }

  protected override due(timer: number): void {
    if (timer === TIMER_HEARTBEAT) this.#beat();
    else this.#poll();
  }

  protected override forget(): void {
    this.held = [];
    this.leaving = true;
    this.#generation = 0;
  }

  override restarted(): void {
    this.#setTimers();
  }

  /** Messages in hand. */
  protected get inHand(): number {
    return this.held.reduce((sum, { task }) => sum + (task === null ? 0 : 1), 0);
  }

  /** Begins as many messages as it may have in hand at once. */
  protected goOn(): void {
    if (this.leaving) return;
    for (const held of this.held) {
      if (this.inHand >= this.plan.policy.concurrency) return;
      if (held.task !== null || held.awaits >= 0) continue;
      const letter = held.buffer.shift();
      if (letter !== undefined) this.begin(held, letter);
    }
  }

  /** Joins with empty hands, and not before. */
  protected joinWhenFree(): void {
    if (this.inHand > 0) return;
    for (const held of this.held) this.#commitDone(held);
    this.held = [];
    const { group, queue } = this.plan;
    this.#send(queue.coordinator.process, { type: "join", group, generation: this.#generation });
  }

  /** All that was fetched is done: commits it, and asks for more. */
  protected endOfBatch(held: Held): void {
    held.done = held.next;
    this.#commitDone(held);
    this.#fetch();
  }

  /** Asks the broker to deliver a message once more. */
  protected askAgain({ held, letter }: Task): void {
    this.#send(this.#brokerOf(held), { type: "again", at: held.at, offset: letter.offset });
  }

  #setTimers(): void {
    // Members that start at one moment do not beat at one moment.
    this.world.setTimer(this.self, TIMER_HEARTBEAT, 1 + Math.floor(this.#heartbeatLuck() * usOf(this.plan.config.heartbeat)));
    this.world.setTimer(this.self, TIMER_POLL, usOf(this.plan.policy.pollMs));
  }

  #mine(at: Place): Held | undefined {
    if (at.group !== this.plan.group || at.generation !== this.#generation) return undefined;
    return this.held.find((held) => held.at.partition === at.partition);
  }

  #hearOf(held: Held, told: Extract<ToConsumer, { readonly at: Place }>): void {
    if (told.type === "batch") {
      if (held.asked && told.from === held.next) this.#fill(held, told);
    } else if (told.type === "redelivery") {
      if (held.task?.letter.offset === told.delivery.letter.offset) this.#deliveredAgain(held, told.delivery);
    } else {
      held.committed = Math.max(held.committed, told.offset);
      if (held.awaits >= 0 && held.committed >= held.awaits) held.awaits = -1;
      this.goOn();
    }
  }

  #deliveredAgain(held: Held, { letter, dead }: Delivery): void {
    if (dead) this.doneWith(held);
    else this.begin(held, letter);
  }

  #send(to: ProcessId, message: FromConsumer): void {
    this.tell(to, message);
  }

  #brokerOf({ at }: Held): ProcessId {
    return this.plan.queue.brokerOf(at.partition).process;
  }

  /** Shows that it is alive, and asks again for what may have got lost on the way. */
  #beat(): void {
    const { group, queue, config } = this.plan;
    if (this.leaving && this.inHand === 0) this.joinWhenFree();
    else this.#send(queue.coordinator.process, { type: "heartbeat", group, generation: this.#generation });
    for (const held of this.held) {
      held.asked = false;
      this.#commitDone(held);
      if (held.awaits >= 0) this.#commit(held, held.awaits);
    }
    this.#fetch();
    this.world.setTimer(this.self, TIMER_HEARTBEAT, usOf(config.heartbeat));
  }

  #poll(): void {
    if (!this.plan.policy.notify) this.#fetch();
    this.goOn();
    this.world.setTimer(this.self, TIMER_POLL, usOf(this.plan.policy.pollMs));
  }

  #letGo(): void {
    this.leaving = true;
    for (const held of this.held) held.buffer = [];
    this.joinWhenFree();
  }

  #take(generation: number, partitions: readonly number[]): void {
    if (generation <= this.#generation) return;
    const { group } = this.plan;
    this.#generation = generation;
    this.leaving = false;
    this.held = partitions.map((partition) => take({ group, generation, partition, life: 0 }));
    this.#fetch();
  }

  /** Asks for more where there is nothing left. */
  #fetch(): void {
    if (this.leaving) return;
    const { notify, prefetch } = this.plan.policy;
    for (const held of this.held) {
      if (held.asked || held.buffer.length > 0 || held.task !== null || held.awaits >= 0) continue;
      held.asked = true;
      this.#send(this.#brokerOf(held), { type: "fetch", at: held.at, from: held.next, most: prefetch, wait: notify });
    }
  }

  #fill(held: Held, { at, from, next, deliveries, commitFirst }: Extract<ToConsumer, { readonly type: "batch" }>): void {
    held.asked = false;
    held.at = at;
    held.next = next;
    held.buffer = deliveries.flatMap(({ letter, dead }) => (dead ? [] : [letter]));
    if (commitFirst && held.buffer.length > 0) {
      held.awaits = next;
      this.#commit(held, next);
    }
    if (held.buffer.length === 0 && next > Math.max(from, held.committed)) this.endOfBatch(held);
    this.goOn();
  }

  #commitDone(held: Held): void {
    if (held.done > held.committed) this.#commit(held, held.done);
  }

  #commit(held: Held, offset: number): void {
    this.#send(this.#brokerOf(held), { type: "commit", at: held.at, offset });
  }
}

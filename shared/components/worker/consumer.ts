import { exponential, type Distribution } from "../../core/distribution.ts";
import type { Stream } from "../../core/random.ts";
import { usOf, type Us } from "../../core/time.ts";
import type { Reply } from "../../sim/message.ts";
import type { ProcessId } from "../../sim/process.ts";
import { Endpoint, type Standing } from "../endpoint.ts";
import type { Delivery, FromConsumer, Place, ToConsumer } from "../queue/messages.ts";
import type { Letter } from "../queue/partition.ts";
import type { BuiltQueue } from "../queue/queue.ts";
import { nearest, type Built } from "../site.ts";
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

/** One instance of a worker: a member of its group that does, in order, what stands in the partitions it was dealt. */
export class Consumer extends Endpoint<Task> {
  readonly #plan: WorkerPlan;
  readonly #costUs: Distribution;
  readonly #workLuck: Stream;
  readonly #callLuck: Stream;
  #held: Held[] = [];
  #generation = 0;
  /** Called to let go of its partitions: finishes what is in hand and begins nothing. */
  #leaving = true;
  #processed = 0;
  #failed = 0;

  constructor(standing: Standing, plan: WorkerPlan) {
    super(standing);
    this.#plan = plan;
    this.#costUs = exponential(usOf(plan.config.time));
    const entity = `${plan.name}/${this.machine.name}`;
    this.#workLuck = this.world.streams.stream("worker", entity);
    this.#callLuck = this.world.streams.stream("calls", entity);
    this.#setTimers();
  }

  /** Partitions held, messages in hand, messages done and deliveries that failed since it started. */
  gauges(): readonly number[] {
    return [this.#held.length, this.#inHand, this.#processed, this.#failed];
  }

  protected costUs(): Us {
    return 0;
  }

  protected serve(): void {}

  protected override heard(_from: ProcessId, message: unknown): void {
    const told = message as ToConsumer;
    switch (told.type) {
      case "alive":
        return;
      case "rejoin":
        this.#letGo();
        return;
      case "assigned":
        this.#take(told.generation, told.partitions);
        return;
      case "batch": {
        const held = this.#mine(told.at);
        if (held !== undefined && held.asked && told.from === held.next) this.#fill(held, told);
        return;
      }
      case "redelivery": {
        const held = this.#mine(told.at);
        if (held?.task?.letter.offset === told.delivery.letter.offset) this.#deliveredAgain(held, told.delivery);
        return;
      }
      case "committed": {
        const held = this.#mine(told.at);
        if (held === undefined) return;
        held.committed = Math.max(held.committed, told.offset);
        if (held.awaits >= 0 && held.committed >= held.awaits) held.awaits = -1;
        this.#goOn();
      }
    }
  }

  protected override due(timer: number): void {
    if (timer === TIMER_HEARTBEAT) this.#beat();
    else this.#poll();
  }

  protected override worked(subject: unknown): void {
    const task = subject as Task;
    if (!this.#isCurrent(task)) return;
    if (this.#isPoison(task.letter.operation)) this.#fails(task);
    else this.#attempt(task);
  }

  protected override answered(task: Task, reply: Reply | null): void {
    if (!this.#isCurrent(task)) return;
    if (reply !== null && (reply.outcome === "ok" || reply.outcome === "fail")) this.#doneWith(task.held);
    else if (task.attempt < this.#plan.config.attempts) this.#wait(task, "attempt");
    else this.#fails(task);
  }

  protected override resumed(task: Task): void {
    if (!this.#isCurrent(task)) return;
    if (task.resumes === "work") this.#work(task);
    else if (task.resumes === "attempt") this.#attempt(task);
    else this.#askAgain(task);
  }

  protected override forget(): void {
    this.#held = [];
    this.#generation = 0;
    this.#leaving = true;
    this.#processed = 0;
    this.#failed = 0;
  }

  override restarted(): void {
    this.#setTimers();
  }

  get #inHand(): number {
    return this.#held.reduce((sum, { task }) => sum + (task === null ? 0 : 1), 0);
  }

  #setTimers(): void {
    this.world.setTimer(this.self, TIMER_HEARTBEAT, 1 + Math.floor(this.#callLuck() * usOf(this.#plan.config.heartbeat)));
    this.world.setTimer(this.self, TIMER_POLL, usOf(this.#plan.policy.pollMs));
  }

  /** True while a message is still this instance's to do. */
  #isCurrent(task: Task): boolean {
    return task.held.task === task && this.#held.includes(task.held);
  }

  #mine(at: Place): Held | undefined {
    return this.#held.find((held) => held.at.partition === at.partition && at.group === this.#plan.group && at.generation === this.#generation);
  }

  #send(to: ProcessId, message: FromConsumer): void {
    this.tell(to, message);
  }

  #brokerOf({ at }: Held): ProcessId {
    return this.#plan.queue.brokerOf(at.partition).process;
  }

  #beat(): void {
    const { group, queue } = this.#plan;
    const to = queue.coordinator.process;
    if (!this.#leaving) this.#send(to, { type: "heartbeat", group, generation: this.#generation });
    else this.#joinWhenFree();
    // What was lost on the way is asked for again.
    for (const held of this.#held) {
      held.asked = false;
      if (held.done > held.committed) this.#commit(held, held.done);
      if (held.awaits >= 0) this.#commit(held, held.awaits);
    }
    this.#fetch();
    this.world.setTimer(this.self, TIMER_HEARTBEAT, usOf(this.#plan.config.heartbeat));
  }

  #poll(): void {
    if (!this.#plan.policy.notify) this.#fetch();
    this.#goOn();
    this.world.setTimer(this.self, TIMER_POLL, usOf(this.#plan.policy.pollMs));
  }

  #letGo(): void {
    this.#leaving = true;
    for (const held of this.#held) held.buffer = [];
    this.#joinWhenFree();
  }

  /** Joins with empty hands; until then it shows that it is alive. */
  #joinWhenFree(): void {
    const { group, queue } = this.#plan;
    const to = queue.coordinator.process;
    if (this.#inHand > 0) {
      this.#send(to, { type: "heartbeat", group, generation: this.#generation });
      return;
    }
    for (const held of this.#held) if (held.done > held.committed) this.#commit(held, held.done);
    this.#held = [];
    this.#send(to, { type: "join", group, generation: this.#generation });
  }

  #take(generation: number, partitions: readonly number[]): void {
    if (generation <= this.#generation) return;
    const { group } = this.#plan;
    this.#generation = generation;
    this.#leaving = false;
    this.#held = partitions.map((partition) => take({ group, generation, partition, life: 0 }));
    this.#fetch();
  }

  /** Asks for more where the buffer is empty. */
  #fetch(): void {
    if (this.#leaving) return;
    const { notify, prefetch } = this.#plan.policy;
    for (const held of this.#held) {
      if (held.asked || held.buffer.length > 0 || held.task !== null || held.awaits >= 0) continue;
      held.asked = true;
      this.#send(this.#brokerOf(held), { type: "fetch", at: held.at, from: held.next, most: prefetch, wait: notify });
    }
  }

  #fill(held: Held, { at, from, next, deliveries, commitFirst }: ToConsumer & { readonly type: "batch" }): void {
    held.asked = false;
    held.at = at;
    held.next = next;
    held.buffer = deliveries.flatMap(({ letter, dead }) => (dead ? [] : [letter]));
    if (commitFirst && held.buffer.length > 0) {
      held.awaits = next;
      this.#commit(held, next);
    }
    if (held.buffer.length === 0 && next > Math.max(from, held.committed)) this.#endOfBatch(held);
    this.#goOn();
  }

  /** Begins as many messages as it may have in hand at once. */
  #goOn(): void {
    if (this.#leaving) return;
    for (const held of this.#held) {
      if (this.#inHand >= this.#plan.policy.concurrency) return;
      if (held.task !== null || held.awaits >= 0) continue;
      const letter = held.buffer.shift();
      if (letter !== undefined) this.#begin(held, letter);
    }
  }

  #begin(held: Held, letter: Letter): void {
    held.task = { held, letter, attempt: 0, resumes: "work" };
    this.#work(held.task);
  }

  #work(task: Task): void {
    if (!this.spend(task, this.#costUs.sample(this.#workLuck))) this.#wait(task, "work");
  }

  #wait(task: Task, resumes: Task["resumes"]): void {
    task.resumes = resumes;
    this.pause(task, usOf(this.#plan.config.backoff));
  }

  /** A version that fails does so on the same messages however often it tries: it is the message's own luck. */
  #isPoison(operation: number): boolean {
    const poison = this.world.releases.errorShare(this.index);
    return poison > 0 && this.world.streams.stream("poison", `${this.#plan.name}/${operation}`)() < poison;
  }

  #attempt(task: Task): void {
    const { config, policy, target } = this.#plan;
    const { operation, key, value, priority } = task.letter;
    task.attempt++;
    const { process } = nearest(target.instancesFor(key), this.machine.zone, this.#callLuck);
    const question = {
      target: target.index,
      kind: config.does,
      key,
      argument: value,
      operation: policy.idempotent ? operation : -1,
      priority,
      attempt: task.attempt,
    };
    this.call(process, question, task, config.timeout);
  }

  /** One delivery failed. At most once: that was that. Otherwise it asks the broker for another one after a while. */
  #fails(task: Task): void {
    this.#failed++;
    if (task.held.committed > task.letter.offset) this.#doneWith(task.held);
    else this.#wait(task, "redelivery");
  }

  /** Asks for another delivery, until it comes; whoever has to let go leaves that to the next holder. */
  #askAgain(task: Task): void {
    const { held, letter } = task;
    if (this.#leaving) {
      held.task = null;
      this.#joinWhenFree();
      return;
    }
    this.#send(this.#brokerOf(held), { type: "again", at: held.at, offset: letter.offset });
    this.pause(task, usOf(this.#plan.config.heartbeat));
  }

  #deliveredAgain(held: Held, { letter, dead }: Delivery): void {
    if (dead) this.#doneWith(held);
    else this.#begin(held, letter);
  }

  #doneWith(held: Held): void {
    this.#processed++;
    held.done = held.task!.letter.offset + 1;
    held.task = null;
    if (this.#leaving) this.#joinWhenFree();
    else if (held.buffer.length === 0) this.#endOfBatch(held);
    this.#goOn();
  }

  /** All that was fetched is done: commits it, and asks for more. */
  #endOfBatch(held: Held): void {
    held.done = held.next;
    if (held.done > held.committed) this.#commit(held, held.done);
    this.#fetch();
  }

  #commit(held: Held, offset: number): void {
    this.#send(this.#brokerOf(held), { type: "commit", at: held.at, offset });
  }
}

import { exponential, type Distribution } from "../../core/distribution.ts";
import type { Stream } from "../../core/random.ts";
import { usOf } from "../../core/time.ts";
import type { Reply } from "../../sim/message.ts";
import type { Standing } from "../endpoint.ts";
import type { Letter } from "../queue/partition.ts";
import { nearest } from "../site.ts";
import { GroupMember, type WorkerPlan } from "./groupMember.ts";
import type { Held, Task } from "./held.ts";

/** One instance of a worker: does, in order, what stands in the partitions that it was dealt. */
export class Consumer extends GroupMember {
  readonly #costUs: Distribution;
  readonly #workLuck: Stream;
  readonly #callLuck: Stream;
  #processed = 0;
  #failed = 0;

  constructor(standing: Standing, plan: WorkerPlan) {
    super(standing, plan);
    this.#costUs = exponential(usOf(plan.config.time));
    const entity = `${plan.name}/${this.machine.name}`;
    this.#workLuck = this.world.streams.stream("worker", entity);
    this.#callLuck = this.world.streams.stream("calls", entity);
  }

  /** Partitions held, messages in hand, messages done and deliveries that failed since it started. */
  gauges(): readonly number[] {
    return [this.held.length, this.inHand, this.#processed, this.#failed];
  }

  protected begin(held: Held, letter: Letter): void {
    held.task = { held, letter, attempt: 0, resumes: "work" };
    this.#work(held.task);
  }

  protected doneWith(held: Held): void {
    this.#processed++;
    held.done = held.task!.letter.offset + 1;
    held.task = null;
    if (this.leaving) this.joinWhenFree();
    else if (held.buffer.length === 0) this.endOfBatch(held);
    this.goOn();
  }

  protected override worked(subject: unknown): void {
    const task = subject as Task;
    if (!this.#isCurrent(task)) return;
    if (this.#isPoison(task.letter.operation)) this.#fails(task);
    else this.#attempt(task);
  }

  protected override answered(task: Task, reply: Reply | null): void {
    if (!this.#isCurrent(task)) return;
    if (reply !== null && (reply.outcome === "ok" || reply.outcome === "fail")) this.doneWith(task.held);
    else if (task.attempt < this.plan.config.attempts) this.#wait(task, "attempt");
    else this.#fails(task);
  }

  protected override resumed(task: Task): void {
    if (!this.#isCurrent(task)) return;
    if (task.resumes === "work") this.#work(task);
    else if (task.resumes === "attempt") this.#attempt(task);
    else this.#deliverAgain(task);
  }

  protected override forget(): void {
    super.forget();
    this.#processed = 0;
    this.#failed = 0;
  }

  /** True while a delivery is this instance's to do: its partition was not taken away, and it was not delivered again. */
  #isCurrent(task: Task): boolean {
    return task.held.task === task && this.held.includes(task.held);
  }

  #work(task: Task): void {
    if (!this.spend(task, this.#costUs.sample(this.#workLuck))) this.#wait(task, "work");
  }

  #wait(task: Task, resumes: Task["resumes"]): void {
    task.resumes = resumes;
    this.pause(task, usOf(this.plan.config.backoff));
  }

  /** A version that fails does so on the same messages however often it tries: it is the message's own luck. */
  #isPoison(operation: number): boolean {
    const poison = this.world.releases.errorShare(this.index);
    return poison > 0 && this.world.streams.stream("poison", `${this.plan.name}/${operation}`)() < poison;
  }

  /** Writes the effect of a message, by a name that tells it from others if the worker is idempotent. */
  #attempt(task: Task): void {
    const { config, policy, target } = this.plan;
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
    if (task.held.committed > task.letter.offset) this.doneWith(task.held);
    else this.#wait(task, "redelivery");
  }

  /** Asks for another delivery until it comes; whoever has to let go leaves that to the next holder. */
  #deliverAgain(task: Task): void {
    if (this.leaving) {
      task.held.task = null;
      this.joinWhenFree();
      return;
    }
    this.askAgain(task);
    this.pause(task, usOf(this.plan.config.heartbeat));
  }
}

import { mutates, type OperationKind } from "../core/operations.ts";
import type { Stream } from "../core/random.ts";
import { Roll } from "../core/roll.ts";
import { usOf, type Ms, type Us } from "../core/time.ts";
import { FLOW } from "../sim/flows.ts";
import { STAGE } from "../sim/journeys.ts";
import type { Job, Machine } from "../sim/machine.ts";
import type { Context, Message, Reply, Request } from "../sim/message.ts";
import { bytesOfWrites } from "../sim/messageSize.ts";
import { CHANNEL, type Process, type ProcessId } from "../sim/process.ts";
import { TIMERS } from "../sim/timers.ts";
import type { World } from "../sim/world.ts";
import { NOTHING, refusedBy, reply, unclearAt, type Answer } from "./answer.ts";
import { Deadlines } from "./deadlines.ts";

/** Where an instance of a component stands. */
export interface Standing {
  readonly world: World;
  readonly self: ProcessId;
  readonly machine: Machine;
  /** Index of the component. */
  readonly index: number;
}

/** What one component asks of another; what is left out is as in the request that it works for. */
export interface Question {
  readonly target: number;
  readonly kind: OperationKind;
  readonly key: number;
  readonly other?: number | null;
  readonly argument?: number | null;
  readonly expected?: number | null;
  /** The operation that it works for, −1 for work of its own: the idempotency key. */
  readonly operation: number;
  readonly session?: number;
  readonly priority?: number;
  /** 1 for the first attempt. */
  readonly attempt?: number;
  readonly sessionPosition?: number;
  readonly shard?: number | undefined;
  readonly context?: Context | undefined;
}

/** A request that an endpoint has taken and not yet answered, while it is in the CPU. */
class Served {
  readonly request: Request;

  constructor(request: Request) {
    this.request = request;
  }
}

/** The last timer of an endpoint's process wakes it for calls that time out; the others are the component's own. */
const TIMER_CALLS = TIMERS - 1;

/**
 * One instance of a component on a machine: takes requests through its CPU, asks other components with a timeout, and
 * answers each request once. `Work` is what a component remembers of a call, plain data.
 */
export abstract class Endpoint<Work> implements Process {
  protected readonly world: World;
  protected readonly self: ProcessId;
  protected readonly machine: Machine;
  protected readonly index: number;
  readonly #calls = new Roll<Work>();
  readonly #pauses = new Roll<Work>();
  readonly #deadlines: Deadlines<number>;
  #nextCall = 0;
  /** Luck of a version that fails, once there is one. */
  #errorLuck: Stream | undefined;

  constructor({ world, self, machine, index }: Standing) {
    this.world = world;
    this.self = self;
    this.machine = machine;
    this.index = index;
    this.#deadlines = new Deadlines(world, self, TIMER_CALLS);
  }

  /** CPU time that a request takes before it is served, µs; 0 for one that is served at once. */
  protected abstract costUs(request: Request): Us;
  /** A request left the CPU: answer it now, or later. */
  protected abstract serve(request: Request): void;

  /** How a call ended; null when no answer came in time, so that nobody knows whether it took effect. */
  protected answered(_work: Work, _reply: Reply | null): void {}
  /** A pause is over: goes on with `work`. */
  protected resumed(_work: Work): void {}
  /** Another instance, or another component's, told something by `tell`. */
  protected heard(_from: ProcessId, _message: unknown): void {}
  /** A timer of the component's own is due. */
  protected due(_timer: number): void {}
  /** Work of its own left the CPU. */
  protected worked(_subject: unknown): void {}
  synced(_token: number): void {}
  /** Everything in memory is gone. */
  protected forget(): void {}
  /** The machine is up again; with `diskLost`, empty. */
  restarted(_diskLost: boolean): void {}

  /** Whether a request is let in; a reason to turn it away, or "". Called before the queue of the CPU. */
  protected turnAway(_request: Request): string {
    return "";
  }

  receive(from: ProcessId, message: unknown, channel: number): void {
    if (channel === CHANNEL.replicas) {
      if (!this.machine.fenced) this.heard(from, message);
      return;
    }
    const body = message as Message;
    if (body.type === "request") this.#admit(body);
    else if (body.type === "reply") this.#close(body);
    else if (body.type === "probe" && !this.machine.fenced) {
      this.world.send(this.self, from, { type: "probeReply", call: body.call, report: null }, CHANNEL.requests, -1, FLOW.none);
    }
  }

  timer(name: number): void {
    if (name !== TIMER_CALLS) {
      this.due(name);
      return;
    }
    for (let call = this.#deadlines.due(); call !== undefined; call = this.#deadlines.due()) {
      const work = this.#calls.get(call);
      if (work !== undefined && this.#calls.delete(call)) this.answered(work, null);
      const paused = this.#pauses.get(call);
      if (paused !== undefined && this.#pauses.delete(call)) this.resumed(paused);
    }
  }

  workDone({ subject }: Job): void {
    if (subject instanceof Served) this.serve(subject.request);
    else this.worked(subject);
  }

  crashed(): void {
    this.forget();
    this.#calls.clear();
    this.#pauses.clear();
    this.#deadlines.clear();
  }

  /** Ends a request. */
  protected reply(request: Request, answer: Answer): void {
    this.world.instruments?.left(this.index, this.machine.index, request, answer.outcome, answer.reason);
    this.reach(request.operation, STAGE.travelling);
    reply(this.world, this.self, request, answer);
  }

  protected ok(request: Request, said: Partial<Pick<Answer, "value" | "values" | "position">> = {}): void {
    this.reply(request, { ...NOTHING, ...said, outcome: "ok", node: this.machine.index });
  }

  /** A definite no: the operation takes and takes no effect. */
  protected refuse(request: Request, reason: string): void {
    this.reply(request, refusedBy(this.machine, reason));
  }

  /** An error that does not tell whether the operation takes effect. */
  protected unclear(request: Request, reason: string): void {
    this.reply(request, unclearAt(this.machine, reason));
  }

  /** Sends a request on to another instance, which answers whoever asked. */
  protected passOn(request: Request, to: ProcessId): void {
    this.world.instruments?.left(this.index, this.machine.index, request, "passed");
    this.reach(request.operation, STAGE.travelling);
    const flow = mutates(request.kind) ? FLOW.write : FLOW.read;
    const passed: Request = { ...request, hops: request.hops + 1 };
    this.world.send(this.self, to, passed, CHANNEL.requests, request.operation, flow);
  }

  /**
   * Asks somebody; `answered` is called with `work` once, with the answer or, after the timeout, with none. Without a
   * timeout (Infinity) a lost answer is waited for until the power goes.
   */
  protected call(to: ProcessId, question: Question, work: Work, timeoutMs: Ms): void {
    const call = this.#nextCall++;
    this.#calls.add(call, work);
    if (timeoutMs !== Infinity) this.#deadlines.add(usOf(timeoutMs), call);
    const request: Request = {
      type: "request",
      session: -1,
      patienceUs: timeoutMs === Infinity ? Infinity : usOf(timeoutMs),
      other: null,
      argument: null,
      expected: null,
      priority: 1,
      attempt: 1,
      sessionPosition: 0,
      ...question,
      replyTo: this.self,
      call,
      hops: 0,
    };
    this.reach(request.operation, STAGE.travelling);
    const flow = request.attempt > 1 ? FLOW.retry : mutates(request.kind) ? FLOW.write : FLOW.read;
    this.world.send(this.self, to, request, CHANNEL.requests, request.operation, flow);
  }

  /** `resumed` is called with `work` after this long, unless the power goes first. */
  protected pause(work: Work, delayUs: Us): void {
    const call = this.#nextCall++;
    this.#pauses.add(call, work);
    this.#deadlines.add(delayUs, call);
  }

  /** Calls that are waited for now. */
  protected get callsInFlight(): number {
    return this.#calls.size;
  }

  /** Tells another endpoint something that is no request; it may be lost. `weight` > 0 is the writes that it carries. */
  protected tell(to: ProcessId, message: unknown, weight = 0): void {
    if (this.machine.fenced) return;
    const flow = weight > 0 ? FLOW.replication : FLOW.none;
    this.world.send(this.self, to, message, CHANNEL.replicas, -1, flow, bytesOfWrites(weight));
  }

  /** Puts work of its own into the CPU; false when the queue is full. `worked` is called at its end. */
  protected spend(subject: unknown, costUs: Us): boolean {
    return this.machine.submit({ process: this.self, subject, costUs: costUs * this.#burden });
  }

  /** Notes where an operation is, for the causes of losses. */
  protected reach(operation: number, stage: number): void {
    this.world.journeys.reach(operation, this.machine.index, stage, this.world.kernel.nowUs);
  }

  #admit(request: Request): void {
    this.world.instruments?.arrived(this.index, this.machine.index, request);
    this.reach(request.operation, STAGE.queued);
    const reason = this.machine.fenced ? "fenced" : this.turnAway(request);
    if (reason !== "") {
      this.refuse(request, reason);
      return;
    }
    if (this.#stumbles()) {
      this.unclear(request, "internalError");
      return;
    }
    const costUs = this.costUs(request) * this.#burden;
    if (costUs === 0) this.serve(request);
    else if (!this.machine.submit({ process: this.self, subject: new Served(request), costUs })) {
      this.refuse(request, "queueFull");
    }
  }

  /** How many times as much work everything is for what the component tells of itself. */
  get #burden(): number {
    return this.world.burdens[this.index] ?? 1;
  }

  /** True when the version that runs here fails this request by a mistake of its own. */
  #stumbles(): boolean {
    const share = this.world.releases.errorShare(this.index);
    if (share === 0) return false;
    this.#errorLuck ??= this.world.streams.stream("errors", `${this.index}/${this.self}`);
    return this.#errorLuck() < share;
  }

  #close(answer: Reply): void {
    const work = this.#calls.get(answer.call);
    if (work === undefined) return;
    this.#calls.delete(answer.call);
    this.answered(work, answer);
  }
}

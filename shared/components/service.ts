import { z } from "zod";
import { exponential, type Distribution } from "../core/distribution.ts";
import type { Stream } from "../core/random.ts";
import { usOf, type Ms } from "../core/time.ts";
import { mutates } from "../core/operations.ts";
import { Duration, Name } from "../core/units.ts";
import { FLOW } from "../sim/flows.ts";
import { STAGE } from "../sim/journeys.ts";
import type { Job, Machine } from "../sim/machine.ts";
import type { Message, Reply, Request } from "../sim/message.ts";
import { CHANNEL, type Process, type ProcessId } from "../sim/process.ts";
import { TIMERS, type World } from "../sim/world.ts";
import { refusedBy, reply, unclearAt, type Answer } from "./answer.ts";
import { refersTo, type ComponentKind } from "./component.ts";
import { nearest, routesOver, type Built, type Site } from "./site.ts";

/** A stateless service: a pool of workers that each do some work and then wait for the store they call. */
export const ServiceConfig = z.strictObject({
  kind: z.literal("service"),
  on: z.array(Name).min(1),
  calls: z.union([Name.transform((name) => [name]), z.array(Name).min(1)]).describe("what it calls"),
  workers: z.int().min(1).max(1_000).default(16).describe("requests per instance in progress at once, waiting included"),
  queue: z.int().min(0).max(10_000).default(100).describe("requests that may wait for a worker"),
  time: Duration.default(2).describe("CPU time of its own work, mean of an exponential"),
  timeout: Duration.default(1_000).describe("how long an attempt may take"),
  attempts: z.int().min(1).max(10).default(3).describe("attempts in all, the first included"),
  backoff: Duration.default(500).describe("wait before the first retry; grows by half each time"),
  jitter: z.number().min(0).max(1).default(0.5).describe("share of the wait that luck may add or take"),
});
export type ServiceConfig = z.infer<typeof ServiceConfig>;

/** How a service calls on; operators may change it during a match. */
export interface CallPolicy {
  timeoutMs: Ms;
  attempts: number;
  backoffMs: Ms;
  jitter: number;
  queueCap: number;
}

export interface BuiltService extends Built {
  readonly kind: "service";
  readonly policy: CallPolicy;
}

/** What all instances of a service have in common. */
interface Plan {
  readonly index: number;
  readonly name: string;
  readonly config: ServiceConfig;
  readonly policy: CallPolicy;
  readonly routes: ReadonlyMap<number, Built>;
}

/** A request in a worker's hands. */
interface Work {
  readonly request: Request;
  /** Timer and call number of the attempt under way. */
  attempt: number;
  call: number;
  /** True when an attempt timed out: from then on a failure is no longer definite. */
  unclear: boolean;
}

/** One shared timer wakes the instance for the earliest deadline. */
const TIMER_DEADLINE = TIMERS - 1;

/** One instance of a service on one node. */
export class ServiceInstance implements Process {
  readonly #world: World;
  readonly #self: ProcessId;
  readonly #machine: Machine;
  readonly #policy: CallPolicy;
  readonly #workers: number;
  readonly #costUs: Distribution;
  readonly #index: number;
  readonly #routes: ReadonlyMap<number, Built>;
  readonly #luck: Stream;
  readonly #workLuck: Stream;
  #waiting: Request[] = [];
  #busy = 0;
  #calls = 0;
  readonly #open = new Map<number, Work>();
  /** Deadlines of attempts and ends of backoffs, by time; the same number never means two things. */
  readonly #deadlines: { atUs: number; call: number; work: Work; retry: boolean }[] = [];

  constructor(site: Site, self: ProcessId, machine: Machine, { index, name, config, policy, routes }: Plan) {
    this.#world = site.world;
    this.#self = self;
    this.#machine = machine;
    this.#policy = policy;
    this.#workers = config.workers;
    this.#costUs = exponential(usOf(config.time));
    this.#index = index;
    this.#routes = routes;
    this.#luck = site.world.streams.stream("calls", `${name}/${machine.name}`);
    this.#workLuck = site.world.streams.stream("service", `${name}/${machine.name}`);
  }

  receive(from: ProcessId, message: unknown): void {
    const body = message as Message;
    if (body.type === "request") this.#admit(body);
    else if (body.type === "reply") this.#answered(body);
    else if (body.type === "probe" && !this.#machine.fenced) {
      this.#world.send(this.#self, from, { type: "probeReply", call: body.call, report: null }, CHANNEL.requests, -1, FLOW.none);
    }
  }

  timer(): void {
    const now = this.#world.kernel.nowUs;
    while (this.#deadlines.length > 0 && this.#deadlines[0]!.atUs <= now) {
      const { call, work, retry } = this.#deadlines.shift()!;
      if (retry) {
        if (work.call === call) this.#attempt(work);
      } else if (this.#open.delete(call)) this.#attemptFailed(work, "timeout", true);
    }
    this.#armTimer();
  }

  workDone(job: Job): void {
    this.#attempt(job.subject as Work);
  }

  synced(): void {}

  crashed(): void {
    for (const { request } of this.#open.values()) this.#reach(request, STAGE.crashed);
    for (const request of this.#waiting) this.#reach(request, STAGE.crashed);
    this.#open.clear();
    this.#waiting = [];
    this.#deadlines.length = 0;
    this.#busy = 0;
  }

  restarted(): void {}

  #admit(request: Request): void {
    this.#world.instruments?.arrived(this.#index, this.#machine.index, request);
    this.#reach(request, STAGE.queued);
    if (this.#machine.fenced) this.#reply(request, refusedBy(this.#machine, "fenced"));
    else if (this.#busy < this.#workers) this.#begin(request);
    else if (this.#waiting.length < this.#policy.queueCap) this.#waiting.push(request);
    else this.#reply(request, refusedBy(this.#machine, "queueFull"));
  }

  #begin(request: Request): void {
    this.#busy++;
    const work: Work = { request, attempt: 0, call: -1, unclear: false };
    const job = { process: this.#self, subject: work, costUs: this.#costUs.sample(this.#workLuck) };
    if (!this.#machine.submit(job)) this.#end(work, refusedBy(this.#machine, "queueFull"));
  }

  #attempt(work: Work): void {
    const { request } = work;
    work.attempt++;
    work.call = this.#calls++;
    this.#open.set(work.call, work);
    const callee = this.#routes.get(request.target)!;
    const target = nearest(callee.instancesFor(request.key), this.#machine.zone, this.#luck);
    this.#deadline(work, usOf(this.#policy.timeoutMs), false);
    this.#reach(request, STAGE.travelling);
    const passed: Request = { ...request, replyTo: this.#self, call: work.call, attempt: work.attempt, hops: 0 };
    const flow = work.attempt > 1 ? FLOW.retry : mutates(request.kind) ? FLOW.write : FLOW.read;
    this.#world.send(this.#self, target.process, passed, CHANNEL.requests, request.operation, flow);
  }

  #answered(reply: Reply): void {
    const work = this.#open.get(reply.call);
    if (work === undefined) return;
    this.#open.delete(reply.call);
    if (reply.outcome === "refused" || reply.outcome === "unknown") this.#attemptFailed(work, reply.reason, reply.outcome === "unknown");
    else this.#end(work, reply);
  }

  #attemptFailed(work: Work, reason: string, unclear: boolean): void {
    if (unclear) work.unclear = true;
    if (work.attempt >= this.#policy.attempts) {
      this.#end(work, work.unclear ? unclearAt(this.#machine, reason) : refusedBy(this.#machine, reason));
      return;
    }
    const { backoffMs, jitter } = this.#policy;
    let waitMs = backoffMs;
    for (let retry = 1; retry < work.attempt; retry++) waitMs *= 1.5;
    this.#deadline(work, usOf(waitMs * (1 + jitter * (2 * this.#luck() - 1))), true);
  }

  #end(work: Work, answer: Answer): void {
    this.#reply(work.request, answer);
    this.#busy--;
    const next = this.#waiting.shift();
    if (next !== undefined) this.#begin(next);
  }

  #reply(request: Request, answer: Answer): void {
    this.#world.instruments?.left(this.#index, this.#machine.index, request, answer.outcome);
    reply(this.#world, this.#self, request, answer);
  }

  #reach({ operation }: Request, stage: number): void {
    this.#world.journeys.reach(operation, this.#machine.index, stage, this.#world.kernel.nowUs);
  }

  #deadline(work: Work, delayUs: number, retry: boolean): void {
    const atUs = this.#world.kernel.nowUs + Math.max(1, Math.round(delayUs));
    let place = this.#deadlines.length;
    while (place > 0 && this.#deadlines[place - 1]!.atUs > atUs) place--;
    this.#deadlines.splice(place, 0, { atUs, call: work.call, work, retry });
    if (place === 0) this.#armTimer();
  }

  #armTimer(): void {
    const first = this.#deadlines[0];
    if (first !== undefined) this.#world.setTimer(this.#self, TIMER_DEADLINE, first.atUs - this.#world.kernel.nowUs);
  }
}

/** One instance on each of its nodes, one call policy for all. */
function buildService(site: Site, index: number, name: string, config: ServiceConfig): BuiltService {
  const { timeout, attempts, backoff, jitter, queue } = config;
  const policy: CallPolicy = { timeoutMs: timeout, attempts, backoffMs: backoff, jitter, queueCap: queue };
  const routes = routesOver(config.calls.map((callee) => site.built(callee)));
  const plan: Plan = { index, name, config, policy, routes };
  const instances = config.on.map((nodeName) => {
    const node = site.node(nodeName);
    const machine = site.world.machines[node]!;
    const process = site.world.addProcess({ machine: node }, (self) => new ServiceInstance(site, self, machine, plan));
    return { process, node, zone: machine.zone };
  });
  const summary = `service · ${instances.length} ${instances.length === 1 ? "instance" : "instances"}`;
  return {
    index,
    name,
    kind: "service",
    summary,
    instances,
    policy,
    keys: 1,
    instancesFor: () => instances,
    reaches: [...routes.keys()],
    next: (target) => routes.get(target),
  };
}

export const service: ComponentKind<ServiceConfig, BuiltService> = {
  kind: "service",
  about: "Does some work and calls what it is for, with timeout, retries, backoff and jitter.",
  config: ServiceConfig,
  takes: () => [],
  references: ({ on, calls }) => [...refersTo("node", "on", on), ...refersTo("component", "calls", calls)],
  build: buildService,
};

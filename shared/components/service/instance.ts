import { exponential, type Distribution } from "../../core/distribution.ts";
import { mutates } from "../../core/operations.ts";
import type { Stream } from "../../core/random.ts";
import { usOf, type Us } from "../../core/time.ts";
import { branchKey } from "../../sim/idempotencyKey.ts";
import { STAGE } from "../../sim/journeys.ts";
import type { Request } from "../../sim/message.ts";
import { refusedBy, unclearAt, type Answer } from "../answer.ts";
import type { Question, Standing } from "../endpoint.ts";
import type { Built, Site } from "../site.ts";
import { BREAKER_STATES } from "./breaker.ts";
import { createCallee, type Callee } from "./callee.ts";
import { Caller, type Errand, type Outcome } from "./caller.ts";
import type { ServiceConfig } from "./config.ts";
import { fallbackAnswer, keep, type LastKnown } from "./lastKnown.ts";
import type { CallPolicy, ServicePolicy } from "./policy.ts";
import { beginKey, endKey, recall, type RememberedAnswers } from "./rememberedAnswers.ts";
import { FULL_BUCKET } from "./retryBudget.ts";
import { givesUpAtUs, letIn, takeNext, type Waiting, type WaitingRoom } from "./waitingRoom.ts";
import { roundsFor, type PlannedStep } from "./steps.ts";

/** What all instances of a service have in common. */
export interface Plan {
  readonly index: number;
  readonly name: string;
  readonly config: ServiceConfig;
  readonly policy: ServicePolicy;
  /** By target, what is called for it, and how that is called. */
  readonly routes: ReadonlyMap<number, Built>;
  readonly policyOf: (callee: Built) => CallPolicy;
  readonly rounds: readonly (readonly PlannedStep[])[];
}

/** A request in a worker's hands. */
interface Work {
  readonly request: Request;
  readonly giveUpAtUs: Us;
  readonly rounds: readonly (readonly PlannedStep[])[];
  /** Rounds begun, and errands of this one that are out. */
  round: number;
  out: number;
  /** The answer for the client, once the step that gives it is done. */
  answer: Answer | null;
  /** Why a step that is needed failed, null while none has, and whether anything may have taken effect by now. */
  failure: string | null;
  unclear: boolean;
}

interface Purpose {
  readonly work: Work;
  readonly step: PlannedStep;
}

/** One instance of a service on one node. */
export class ServiceInstance extends Caller<Purpose> {
  readonly #plan: Plan;
  readonly #costUs: Distribution;
  readonly #workLuck: Stream;
  readonly #room: WaitingRoom = [];
  readonly #inHands = new Set<Work>();
  readonly #callees = new Map<Built, Callee<Errand<Purpose>>>();
  readonly #answers: RememberedAnswers = new Map();
  readonly #known: LastKnown = new Map();

  constructor(site: Site, standing: Standing, plan: Plan) {
    const name = `${plan.name}/${standing.machine.name}`;
    super(standing, plan.policy, site.world.streams.stream("calls", name));
    this.#plan = plan;
    this.#costUs = exponential(usOf(plan.config.time));
    this.#workLuck = site.world.streams.stream("service", name);
    this.forget();
  }

  /** Busy workers, waiting requests, the worst breaker, the emptiest budget, calls in flight. */
  gauges(): readonly number[] {
    const callees = [...this.#callees.values()];
    const breakers = callees.map(({ breaker }) => BREAKER_STATES.indexOf(breaker.state));
    const budgets = callees.map(({ budget }) => budget.tokens / FULL_BUCKET);
    return [this.#inHands.size, this.#room.length, Math.max(...breakers), Math.min(...budgets), this.callsInFlight];
  }

  /** A worker takes it as soon as one is free; only then does it cost CPU time. */
  protected costUs(): Us {
    return 0;
  }

  protected serve(request: Request): void {
    if (this.#isRemembered(request)) return;
    const waiting = { request, sinceUs: this.world.kernel.nowUs };
    if (this.#inHands.size < this.policy.workers) {
      this.#begin(waiting);
      return;
    }
    const shed = letIn(this.#room, waiting, this.policy);
    if (shed !== null) this.#answer(shed.request, refusedBy(this.machine, "queueFull"));
  }

  protected override worked(work: unknown): void {
    this.#goOn(work as Work);
  }

  protected override settled({ purpose: { work, step }, unclear }: Errand<Purpose>, outcome: Outcome): void {
    work.out--;
    const changes = mutates(this.#questionFor(work.request, step).kind);
    if ("reply" in outcome) {
      if (step.main) work.answer = outcome.reply;
      if (step.main && !changes) keep(this.#known, work.request, outcome.reply);
      if (changes && !step.optional) work.unclear = true;
    } else {
      const instead = step.main ? this.#instead(work.request) : null;
      work.answer ??= instead;
      if (instead === null && !step.optional) {
        work.failure ??= outcome.reason;
        work.unclear ||= unclear;
      }
    }
    if (work.out === 0) this.#goOn(work);
  }

  protected override forget(): void {
    for (const { request } of this.#inHands) this.reach(request.operation, STAGE.crashed);
    for (const { request } of this.#room) this.reach(request.operation, STAGE.crashed);
    this.#inHands.clear();
    this.#room.length = 0;
    this.#answers.clear();
    this.#known.clear();
    const callees = new Set(this.#plan.routes.values());
    for (const built of callees) this.#callees.set(built, createCallee(built, this.#plan.policyOf(built)));
  }

  #isRemembered(request: Request): boolean {
    if (this.policy.rememberMs === 0 || !mutates(request.kind)) return false;
    const known = recall(this.#answers, request, this.world.kernel.nowUs);
    if (known === "unknown") beginKey(this.#answers, request.operation);
    else if (known !== "underWay") this.reply(request, known);
    return known !== "unknown";
  }

  #begin(waiting: Waiting): void {
    const { request } = waiting;
    const giveUpAtUs = this.policy.dropAbandoned ? givesUpAtUs(waiting) : Infinity;
    const rounds = roundsFor(this.#plan.rounds, request);
    const work: Work = { request, giveUpAtUs, rounds, round: 0, out: 0, answer: null, failure: null, unclear: false };
    this.#inHands.add(work);
    if (!this.spend(work, this.#costUs.sample(this.#workLuck))) this.#end(work, refusedBy(this.machine, "queueFull"));
  }

  /** Begins the next round of steps, or ends. */
  #goOn(work: Work): void {
    const round = work.rounds[work.round++];
    if (work.failure !== null) this.#end(work, (work.unclear ? unclearAt : refusedBy)(this.machine, work.failure));
    else if (round === undefined) this.#end(work, work.answer!);
    else {
      work.out = round.length;
      for (const step of round) this.ask(this.#errand(work, step));
    }
  }

  #errand(work: Work, step: PlannedStep): Errand<Purpose> {
    const question = this.#questionFor(work.request, step);
    const callee = this.#callees.get(this.#plan.routes.get(question.target)!)!;
    const { giveUpAtUs } = work;
    return { purpose: { work, step }, callee, question, giveUpAtUs, attempt: 0, waitMs: 0, out: 0, unclear: false, over: false };
  }

  /** The request as it is, or what a step asks instead, under a key of its own so that no step is taken for another. */
  #questionFor(request: Request, step: PlannedStep): Question {
    const { operation, session, key, other, argument, expected, priority, sessionPosition, shard, context } = request;
    const kind = step.main ? request.kind : (step.op ?? request.kind);
    const target = step.main ? request.target : step.target;
    const branch = step.branch > 0 && mutates(kind) ? branchKey(operation, step.branch) : operation;
    const seen = { sessionPosition, ...(shard !== undefined && { shard }), ...(context && { context }) };
    return { target, kind, key, other, argument, expected, operation: branch, session, priority, ...seen };
  }

  #instead(request: Request): Answer | null {
    const { policy } = this.#callees.get(this.#plan.routes.get(request.target)!)!;
    return mutates(request.kind) ? null : fallbackAnswer(this.#known, request, policy, this.machine);
  }

  #end(work: Work, answer: Answer): void {
    this.#answer(work.request, answer);
    this.#inHands.delete(work);
    while (this.#inHands.size < this.policy.workers) {
      const { next, dropped } = takeNext(this.#room, this.policy, this.world.kernel.nowUs);
      for (const { request } of dropped) this.#answer(request, refusedBy(this.machine, "abandoned"));
      if (next === null) return;
      this.#begin(next);
    }
  }

  #answer(request: Request, answer: Answer): void {
    this.reply(request, answer);
    const untilUs = this.world.kernel.nowUs + usOf(this.policy.rememberMs);
    for (const waiter of endKey(this.#answers, request.operation, answer, untilUs)) this.reply(waiter, answer);
  }
}

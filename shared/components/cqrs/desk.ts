import { exponential, type Distribution } from "../../core/distribution.ts";
import { mutates, operations, type OperationKind } from "../../core/operations.ts";
import type { Stream } from "../../core/random.ts";
import { usOf, type Us } from "../../core/time.ts";
import { STAGE } from "../../sim/journeys.ts";
import type { Reply, Request } from "../../sim/message.ts";
import { Endpoint, type Standing } from "../endpoint.ts";
import { nearest, type Built } from "../site.ts";
import type { CqrsConfig, CqrsPolicy } from "./config.ts";

/** What all instances have in common. */
export interface CqrsPlan {
  readonly name: string;
  readonly config: CqrsConfig;
  readonly policy: CqrsPolicy;
  readonly commands: Built;
  readonly queries: Built;
  /** What the command side calls a command, and the query side a question whether it has taken effect. */
  readonly command: OperationKind;
  /** True while commands have to be written to the query side as well. */
  writesTwice(): boolean;
}

/** A request in a worker's hands. */
interface Work {
  readonly request: Request;
  step: "command" | "secondWrite" | "look" | "query";
  attempt: number;
  /** An attempt timed out: from then on a failure is no longer definite. */
  unclear: boolean;
  untilUs: Us;
}

/** The element by which the effect of an operation is known: the fresh value that it carries, or the ticket of an upload. */
function elementOf({ kind, argument, operation }: Request): number {
  return operations[kind].argument === "fresh" ? argument! : operation + 1;
}

/** One instance: hands commands to the one side and queries to the other. */
export class Desk extends Endpoint<Work> {
  readonly #plan: CqrsPlan;
  readonly #costUs: Distribution;
  readonly #workLuck: Stream;
  readonly #callLuck: Stream;
  #busy = 0;
  #waiting: Request[] = [];
  #halfWritten = 0;

  constructor(standing: Standing, plan: CqrsPlan) {
    super(standing);
    this.#plan = plan;
    this.#costUs = exponential(usOf(plan.config.time));
    const entity = `${plan.name}/${this.machine.name}`;
    this.#workLuck = this.world.streams.stream("cqrs", entity);
    this.#callLuck = this.world.streams.stream("calls", entity);
  }

  /** Requests in hand, requests waiting for a worker, and commands whose second write failed. */
  gauges(): readonly number[] {
    return [this.#busy, this.#waiting.length, this.#halfWritten];
  }

  protected costUs(): Us {
    return this.#costUs.sample(this.#workLuck);
  }

  protected override turnAway(): string {
    return this.#busy >= this.#plan.policy.workers && this.#waiting.length >= this.#plan.config.queue ? "queueFull" : "";
  }

  protected serve(request: Request): void {
    if (this.#busy < this.#plan.policy.workers) this.#begin(request);
    else this.#waiting.push(request);
  }

  protected override answered(work: Work, reply: Reply | null): void {
    if (reply !== null && (reply.outcome === "ok" || reply.outcome === "fail")) {
      this.#wentWell(work, reply);
      return;
    }
    if (reply === null || reply.outcome === "unknown") work.unclear = true;
    if (work.step === "look") this.#lookLater(work);
    else if (work.attempt < this.#plan.config.attempts) this.#attempt(work);
    else if (work.step === "secondWrite") {
      // The first write stands: nobody takes it back, and nobody is told.
      this.#halfWritten++;
      this.#commandDone(work);
    } else this.#end(() => this.#failed(work, reply?.reason ?? "timeout"));
  }

  protected override resumed(work: Work): void {
    this.#step(work, "look");
  }

  protected override forget(): void {
    for (const { operation } of this.#waiting) this.reach(operation, STAGE.crashed);
    this.#waiting = [];
    this.#busy = 0;
    this.#halfWritten = 0;
  }

  #begin(request: Request): void {
    this.#busy++;
    const untilUs = this.world.kernel.nowUs + usOf(this.#plan.config.waitFor);
    const work: Work = { request, step: "query", attempt: 0, unclear: false, untilUs };
    this.#step(work, mutates(request.kind) ? "command" : "query");
  }

  #step(work: Work, step: Work["step"]): void {
    work.step = step;
    work.attempt = 0;
    this.#attempt(work);
  }

  #attempt(work: Work): void {
    const { commands, queries, command, config } = this.#plan;
    const { request, step } = work;
    work.attempt++;
    const to = step === "command" ? commands : queries;
    const kind = step === "command" ? command : step === "secondWrite" ? "append" : step === "look" ? "read" : this.#asked(request.kind);
    const { operation, key, argument, priority, sessionPosition } = request;
    const { process } = nearest(to.instancesFor(key), this.machine.zone, this.#callLuck);
    const question = { target: to.index, kind, key, argument, operation, priority, sessionPosition, attempt: work.attempt };
    this.call(process, question, work, config.timeout);
  }

  /** Searching is reading wherever there is no index. */
  #asked(kind: OperationKind): OperationKind {
    return this.#plan.queries.kind === "projection" ? kind : "read";
  }

  #wentWell(work: Work, reply: Reply): void {
    if (work.step === "command" && this.#plan.writesTwice()) this.#step(work, "secondWrite");
    else if (work.step === "command" || work.step === "secondWrite") this.#commandDone(work);
    else if (work.step === "query") this.#end(() => this.reply(work.request, reply));
    else if (reply.values?.includes(elementOf(work.request)) === true) this.#end(() => this.ok(work.request));
    else this.#lookLater(work);
  }

  #commandDone(work: Work): void {
    if (this.#plan.policy.waits) this.#lookLater(work);
    else this.#end(() => this.ok(work.request));
  }

  #lookLater(work: Work): void {
    if (this.world.kernel.nowUs < work.untilUs) this.pause(work, usOf(this.#plan.policy.pollMs));
    else this.#end(() => this.unclear(work.request, "timeout"));
  }

  #failed({ request, unclear }: Work, reason: string): void {
    if (unclear) this.unclear(request, reason);
    else this.refuse(request, reason);
  }

  #end(say: () => void): void {
    say();
    this.#busy--;
    const next = this.#waiting.shift();
    if (next !== undefined) this.#begin(next);
  }
}

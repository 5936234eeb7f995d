import type { Stream } from "../../core/random.ts";
import { usOf, type Us } from "../../core/time.ts";
import type { Decided } from "../../protocols/twoPhaseCommit/state.ts";
import { STAGE } from "../../sim/journeys.ts";
import type { Reply, Request } from "../../sim/message.ts";
import type { ProcessId } from "../../sim/process.ts";
import { NOTHING } from "../answer.ts";
import { Durable } from "../durable.ts";
import type { Standing } from "../endpoint.ts";
import { DISK_COMMIT, SagaCoordinator, type Try } from "./coordinator.ts";
import { ORDER_RULES, tagOf, type OrderChange, type Orders, type Token } from "./journal.ts";
import { takenOf, type Next, type SagaMessage, type Work } from "./messages.ts";
import { holderOf, questionOf, type SagaPlan } from "./plan.ts";

/** A no that is the client's own affair; with any other, somebody was not there to do his part. */
const DECLINED: readonly string[] = ["insufficientFunds", "declined"];

/**
 * One node of a saga. What it is about to do is on its disk before it does it, so that after a crash it goes on where it
 * was: it asks the same step again, which takes effect once.
 */
export class SagaNode extends SagaCoordinator<Work> {
  readonly #place: number;
  readonly #luck: Stream;
  readonly #journal = new Durable<Orders, OrderChange, Next>(ORDER_RULES);
  /** Who waits for the answer to an order. */
  readonly #waiting = new Map<number, Request[]>();
  /** How many orders of a key have begun: a read that was under way meanwhile may have seen half of one. */
  readonly #begunOf = new Map<number, number>();
  readonly #handing = new Set<string>();

  constructor(standing: Standing, plan: SagaPlan, place: number) {
    super(standing, plan);
    this.#place = place;
    this.#luck = standing.world.streams.stream("service", `${plan.name}/${standing.machine.name}`);
  }

  /** What it can tell of itself: orders open, orders going back, calls in flight. */
  gauges(): readonly number[] {
    const { open, tokens } = this.#journal.memory;
    let back = 0;
    for (const token of tokens.values()) if (token.back) back += 1;
    return [open.size, back, this.callsInFlight];
  }

  protected costUs(): Us {
    return this.plan.costUs.sample(this.#luck);
  }

  /** The node that answers for a key takes its orders and its reads, so that it knows what is under way. */
  protected serve(request: Request): void {
    const owner = request.key % this.plan.members.length;
    if (owner !== this.#place) this.passOn(request, this.plan.members[owner]!);
    else if (request.kind === "read") this.#read(request);
    else this.#order(request);
  }

  #order(request: Request): void {
    const { operation, key } = request;
    const { open } = this.#journal.memory;
    const { ended } = this.#journal.disk;
    const waiting = this.#waiting.get(operation);
    if (waiting !== undefined) waiting.push(request);
    else if (ended.has(operation)) this.#tell(request, ended.get(operation)!);
    else if (open.has(operation)) this.#waiting.set(operation, [request]);
    else if (this.#isPending(key)) this.refuse(request, "pending");
    else {
      this.#waiting.set(operation, [request]);
      this.#begunOf.set(key, (this.#begunOf.get(key) ?? 0) + 1);
      this.reach(operation, STAGE.replicating);
      const { mode } = this.plan;
      const base = { request, owner: this.#place, step: 0, back: false, reason: "" };
      const token = mode === "twoPhaseCommit" ? null : { ...base, handsOn: mode === "choreography" };
      const next: Next = token === null ? { type: "commit", operation } : { type: "go", token };
      this.#write({ type: "begin", request, token }, next);
    }
  }

  /** True when the key has an order under way, and semantic locks are on. */
  #isPending(key: number): boolean {
    if (!this.plan.semanticLocks) return false;
    for (const request of this.#journal.memory.open.values()) if (request.key === key) return true;
    return false;
  }

  #read(request: Request): void {
    if (this.#isPending(request.key)) {
      this.refuse(request, "pending");
      return;
    }
    const { reads, timeoutMs } = this.plan;
    const { key, operation } = request;
    const seen = this.#begunOf.get(key) ?? 0;
    this.call(
      this.someOf(reads, key),
      { target: reads.index, kind: "read", key, operation },
      { type: "read", request, seen },
      timeoutMs,
    );
  }

  #write(change: OrderChange, next: Next): void {
    this.machine.sync(this.self, this.#journal.write(change, next));
  }

  override synced(token: number): void {
    if (token === DISK_COMMIT) super.synced(token);
    else for (const next of this.#journal.synced(token)) this.#follow(next);
  }

  #follow(next: Next): void {
    if (next.type === "go") this.#went(next.token, next.from);
    else if (next.type === "commit") this.#commit({ operation: next.operation, attempt: 1, unclear: false });
    else {
      const requests = this.#waiting.get(next.operation) ?? [];
      this.#waiting.delete(next.operation);
      for (const request of requests) this.#tell(request, this.#journal.memory.ended.get(next.operation)!);
    }
  }

  /** A token is on this disk: whoever handed it over may let it go. */
  #went(token: Token, from: ProcessId | undefined): void {
    if (from !== undefined) this.tell(from, takenOf(token));
    this.#go(token);
  }

  /** Answers an order: done, undone for a reason that is the client's, or turned down because somebody was out of reach. */
  #tell(request: Request, reason: string): void {
    if (reason === "") this.ok(request);
    else if (!DECLINED.includes(reason)) this.refuse(request, reason);
    else this.reply(request, { ...NOTHING, outcome: "fail", reason, node: this.machine.index });
  }

  /** Does what comes next for an order that this node holds: a step, asked before or not, the end, or handing it on. */
  #go(token: Token, unclear = false): void {
    const { request, owner, step, back, reason } = token;
    const holder = holderOf(this.plan, token);
    const { operation } = request;
    if (holder !== this.#place) this.#handOn(token);
    else if (step < 0 || step === this.plan.steps.length) {
      if (owner === this.#place)
        this.#write({ type: "end", operation, reason: back ? reason : "" }, { type: "answer", operation });
    } else if (back && !this.plan.steps[step]!.compensate) this.#moveTo({ ...token, step: step - 1 });
    else this.#ask(token, 1, unclear);
  }

  #ask(token: Token, attempt: number, unclear: boolean): void {
    const { request, step, back } = token;
    const question = { ...questionOf(this.plan, request, step, back), attempt };
    const to = this.someOf(this.plan.callees[step]!, question.key);
    this.call(to, question, { type: "step", token, attempt, unclear }, this.plan.timeoutMs);
  }

  #moveTo(token: Token, from?: ProcessId): void {
    this.#write({ type: "hold", token }, { type: "go", token, ...(from !== undefined && { from }) });
  }

  protected override answered(work: Work, reply: Reply | null): void {
    if (work.type === "read") this.#readAnswered(work.request, work.seen, reply);
    else if (work.type === "step") this.#stepAnswered(work, reply);
  }

  #readAnswered(request: Request, seen: number, reply: Reply | null): void {
    if (reply === null) this.unclear(request, "timeout");
    else if (this.plan.semanticLocks && (this.#begunOf.get(request.key) ?? 0) !== seen) this.refuse(request, "pending");
    else this.reply(request, reply);
  }

  /** A yes goes on; a definite no goes back, at once or after some refusals; anything else is asked again until it is clear. */
  #stepAnswered({ token, attempt, unclear }: Extract<Work, { type: "step" }>, reply: Reply | null): void {
    const { step, back } = token;
    if (reply?.outcome === "ok") this.#moveTo({ ...token, step: back ? step - 1 : step + 1 });
    else if (
      !back &&
      (reply?.outcome === "fail" || (reply?.outcome === "refused" && !unclear && attempt >= this.plan.attempts))
    ) {
      this.#moveTo({ ...token, step: step - 1, back: true, reason: reply.reason || "declined" });
    } else {
      const isUnclear = unclear || reply === null || reply.outcome === "unknown";
      this.later({ type: "step", token, attempt: attempt + 1, unclear: isUnclear });
    }
  }

  protected override resumed(work: Work): void {
    if (work.type === "step") this.#ask(work.token, work.attempt, work.unclear);
    else if (work.type === "handOn" && this.#handing.has(tagOf(work.token))) this.#handOn(work.token);
    else if (work.type === "commit") this.#commit(work.again);
  }

  /** Hands a token to the node of the next step, again and again until it is taken. */
  #handOn(token: Token): void {
    this.#handing.add(tagOf(token));
    const message: SagaMessage = { type: "hand", token };
    this.tell(this.plan.members[holderOf(this.plan, token)]!, message, 1);
    this.pause({ type: "handOn", token }, usOf(this.plan.timeoutMs));
  }

  protected override heard(from: ProcessId, message: unknown): void {
    const body = message as SagaMessage;
    if (body.type === "hand") this.#take(from, body.token);
    else if (body.type === "taken") {
      if (this.#handing.delete(body.tag))
        this.machine.sync(
          this.self,
          this.#journal.write({ type: "handedOn", operation: body.operation, tag: body.tag }),
        );
    } else super.heard(from, message);
  }

  /** A token that was handed on: taken once it is on this disk; one that comes again is only said to be taken. */
  #take(from: ProcessId, token: Token): void {
    const tag = tagOf(token);
    if (this.#journal.disk.taken.has(tag)) this.tell(from, takenOf(token));
    else if (!this.#journal.memory.taken.has(tag)) this.#moveTo(token, from);
  }

  #commit(begun: Try): void {
    const request = this.#journal.memory.open.get(begun.operation);
    if (request !== undefined) this.transact(request, begun);
  }

  /** As one transaction, an order is done, or turned down, or tried again where somebody was slow. */
  protected override decided(ended: Try, { commit, reason }: Decided): void {
    const { operation, attempt, unclear } = ended;
    const isFinal = commit || reason === "insufficientFunds" || (!unclear && attempt >= this.plan.attempts);
    if (isFinal) this.#write({ type: "end", operation, reason }, { type: "answer", operation });
    else this.later({ type: "commit", again: { ...ended, attempt: attempt + 1 } });
  }

  protected override forget(): void {
    super.forget();
    this.#journal.crashed();
    for (const memory of [this.#waiting, this.#begunOf, this.#handing]) memory.clear();
  }

  /**
   * Goes on with every order where the disk says that it was; its client may still be waiting. The disk does not say
   * whether the step was asked before, and so a refusal from now on does not tell that it takes no effect.
   */
  override restarted(diskLost: boolean): void {
    if (diskLost) this.#journal.lost();
    super.restarted(diskLost);
    const { open, tokens, whole } = this.#journal.memory;
    for (const [operation, request] of open) {
      this.#waiting.set(operation, [request]);
      this.#begunOf.set(request.key, (this.#begunOf.get(request.key) ?? 0) + 1);
    }
    for (const token of tokens.values()) this.#go(token, true);
    for (const operation of whole) this.#commit({ operation, attempt: 1, unclear: true });
  }
}

import { mutates } from "../../core/operations.ts";
import type { Stream } from "../../core/random.ts";
import { US_PER_SECOND, type Us } from "../../core/time.ts";
import { FLOW } from "../../sim/flows.ts";
import { STAGE } from "../../sim/journeys.ts";
import type { Machine } from "../../sim/machine.ts";
import type { Request } from "../../sim/message.ts";
import { CHANNEL, type ProcessId } from "../../sim/process.ts";
import type { World } from "../../sim/world.ts";
import { refusedBy, reply, type Answer } from "../answer.ts";
import { bytesOfInside, workOf, type Inside, type InsideReply } from "./inside.ts";
import type { Group } from "./replica.ts";

/** Whose desk it is. */
export interface DeskSetup {
  readonly world: World;
  readonly process: ProcessId;
  readonly machine: Machine;
  readonly group: Group;
  /** Names its stream of luck. */
  readonly name: string;
}

/** A request may be sent on this often before the store says that nobody leads. */
const HOPS_MAX = 3;

/** Where requests come into a replica, by the CPU of its machine, and leave it again, by an answer or to another one. */
export class Desk {
  readonly #world: World;
  readonly #process: ProcessId;
  readonly #machine: Machine;
  readonly #group: Group;
  readonly #luck: Stream;
  /** Requests worked on since it was asked last, and when that was. */
  #worked = 0;
  #sinceUs: Us = 0;

  constructor({ world, process, machine, group, name }: DeskSetup) {
    this.#world = world;
    this.#process = process;
    this.#machine = machine;
    this.#group = group;
    this.#luck = world.streams.stream("service", name);
  }

  /** Takes a request into the queue of the CPU, or turns it away; a scan goes to whoever puts it together here. */
  admit(request: Request): void {
    const { store, gatherers, readCostUs, writeCostUs } = this.#group;
    this.#world.instruments?.arrived(store, this.#machine.index, request);
    if (this.#machine.fenced) {
      this.refuse(request, "fenced");
      return;
    }
    const gatherer = request.kind === "scan" ? gatherers.get(this.#machine.index) : undefined;
    if (gatherer !== undefined) {
      this.#pass(request, gatherer);
      return;
    }
    const cost = mutates(request.kind) ? writeCostUs : readCostUs;
    const burden = this.#world.burdens[store] ?? 1;
    const costUs = cost.sample(this.#luck) * burden * workOf(request);
    this.reach(request, STAGE.queued);
    if (!this.#machine.submit({ process: this.#process, subject: request, costUs })) this.refuse(request, "queueFull");
  }

  /** A client's request left the CPU: it counts. */
  note({ key }: Request): void {
    this.#worked++;
    this.#group.loads.note(key, this.#world.kernel.nowUs);
  }

  /** Requests a second since this was asked last. */
  ratePerSecond(): number {
    const { nowUs } = this.#world.kernel;
    const seconds = (nowUs - this.#sinceUs) / US_PER_SECOND;
    const rate = seconds > 0 ? this.#worked / seconds : 0;
    this.#worked = 0;
    this.#sinceUs = nowUs;
    return rate;
  }

  /** To another replica of the group. */
  sendOn(request: Request, to: ProcessId): void {
    if (request.hops >= HOPS_MAX) this.refuse(request, "noLeader");
    else this.#pass({ ...request, hops: request.hops + 1 }, to);
  }

  /** To a replica of the group that has the key, where hops are counted anew. */
  sendToGroup(request: Request, to: ProcessId): void {
    this.#pass({ ...request, hops: 0 }, to);
  }

  reply(request: Request, answer: Answer): void {
    const { map, shard, store } = this.#group;
    this.#world.instruments?.left(store, this.#machine.index, request, answer.outcome, answer.reason);
    this.reach(request, STAGE.travelling);
    reply(this.#world, this.#process, request, map.isFixed ? answer : { ...answer, shard });
  }

  refuse(request: Request, reason: string): void {
    this.reply(request, refusedBy(this.#machine, reason));
  }

  /** Answers the mover or a gatherer. */
  replyInside(request: Request, answer: Answer, inside: Inside): void {
    const { operation, call, replyTo } = request;
    this.#world.instruments?.left(this.#group.store, this.#machine.index, request, "ok", "");
    const message: InsideReply = { ...answer, ...inside, type: "reply", operation, call };
    this.#world.send(this.#process, replyTo, message, CHANNEL.requests, operation, FLOW.replication, bytesOfInside(inside));
  }

  /** Notes where an operation is, for the causes of losses. */
  reach({ operation }: Request, stage: number): void {
    this.#world.journeys.reach(operation, this.#machine.index, stage, this.#world.kernel.nowUs);
  }

  #pass(request: Request, to: ProcessId): void {
    this.#world.instruments?.left(this.#group.store, this.#machine.index, request, "passed");
    this.reach(request, STAGE.travelling);
    const flow = mutates(request.kind) ? FLOW.write : FLOW.read;
    this.#world.send(this.#process, to, request, CHANNEL.requests, request.operation, flow);
  }
}

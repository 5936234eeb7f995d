import type { Distribution } from "../../core/distribution.ts";
import type { Stream } from "../../core/random.ts";
import { Roll } from "../../core/roll.ts";
import { usOf, type Us } from "../../core/time.ts";
import type { Membership } from "../../protocols/membership.ts";
import type { Command } from "../../protocols/command.ts";
import type { Protocol, ReplicaId, ReplicaIo, ReplicaStatus, ReplicationConfig, StoreAnswer } from "../../protocols/protocol.ts";
import { FLOW } from "../../sim/flows.ts";
import { STAGE } from "../../sim/journeys.ts";
import type { Job, Machine } from "../../sim/machine.ts";
import type { Message, Request } from "../../sim/message.ts";
import { bytesOfWrites } from "../../sim/messageSize.ts";
import { CHANNEL, type Process, type ProcessId } from "../../sim/process.ts";
import type { World } from "../../sim/world.ts";
import { NOTHING, type Answer } from "../answer.ts";
import { Custody } from "./custody.ts";
import { Desk } from "./desk.ts";
import { insideAnswer, isInside, isParcel, type Gatherers, type InsideRequest } from "./inside.ts";
import type { Loads } from "./loads.ts";
import type { ShardMap } from "./shardMap.ts";

/** What all replicas of one shard share. */
export interface Group {
  readonly store: number;
  readonly shard: number;
  readonly protocol: Protocol<unknown, unknown>;
  readonly members: ProcessId[];
  /** The groups of all shards, this one among them. */
  readonly groups: readonly Group[];
  readonly map: ShardMap;
  readonly loads: Loads;
  readonly gatherers: Gatherers;
  readonly readCostUs: Distribution;
  readonly writeCostUs: Distribution;
  config: ReplicationConfig;
  /** Replicas that are not fenced, as operators left it last; null while nobody ever was. */
  present: Membership | null;
}

/** Requests still open after this many newer ones will never be answered. */
const OPEN_MAX = 4_096;

/**
 * One replica of one shard as a process: takes requests through the CPU of its machine, hands them to the protocol, and
 * is the world as that protocol sees it.
 */
export class Replica implements Process, ReplicaIo<unknown> {
  readonly #world: World;
  readonly #process: ProcessId;
  readonly #machine: Machine;
  readonly #group: Group;
  readonly #luck: Stream;
  readonly #open = new Roll<Request>();
  readonly self: ReplicaId;
  readonly replicas: number;
  /** Undefined until the machine is switched on for the first time. */
  #state: unknown;
  #config: ReplicationConfig;
  #present: Membership | null = null;
  #requests = 0;
  readonly #custody: Custody;
  readonly #desk: Desk;

  constructor(world: World, process: ProcessId, machine: Machine, group: Group, self: ReplicaId, replicas: number) {
    this.#world = world;
    this.#process = process;
    this.#machine = machine;
    this.#group = group;
    this.#config = group.config;
    this.self = self;
    this.replicas = replicas;
    this.#custody = new Custody(group.map, group.shard, () => group.protocol.registers?.(this.#state));
    const name = `${group.store}/${group.shard}/${self}`;
    this.#luck = world.streams.stream("protocol", name);
    this.#desk = new Desk({ world, process, machine, group, name });
  }

  /** Begins once all members of the group exist; a machine that is off begins when it is switched on. */
  begin(): void {
    if (this.#machine.state !== "up") return;
    this.#config = this.#group.config;
    this.#state = this.#group.protocol.start(this, this.#config);
    this.catchUp();
  }

  /** What monitoring is told; null before the first start. */
  status(): ReplicaStatus | null {
    return this.#state === undefined ? null : this.#group.protocol.status(this.#state);
  }

  /** The protocol's state, for those who check from outside what must always hold; undefined before the first start. */
  get state(): unknown {
    return this.#state;
  }

  /** An operator's order; false when it can't be taken. */
  command(command: Command): boolean {
    if (this.#machine.state !== "up") return false;
    this.catchUp();
    return this.#group.protocol.command(this.#state, this, command);
  }

  /** Takes over what operators set meanwhile; a replica that is down or paused learns it as soon as it does anything. */
  catchUp(): void {
    const { protocol, config, present } = this.#group;
    if (this.#machine.state !== "up") return;
    if (this.#config !== config) {
      this.#config = config;
      protocol.configure(this.#state, this, config);
    }
    if (this.#present !== present && present !== null) {
      this.#present = present;
      protocol.command(this.#state, this, { type: "members", members: present.members, membership: present });
    }
    if (this.#custody.isAwaited) this.#goOn();
  }

  /** Requests a second since this was asked last. */
  ratePerSecond(): number {
    return this.#desk.ratePerSecond();
  }

  receive(from: ProcessId, message: unknown, channel: number): void {
    this.catchUp();
    if (channel === CHANNEL.replicas) {
      if (this.#machine.fenced) return;
      const sender = this.#group.members.indexOf(from);
      this.#group.protocol.receive(this.#state, this, sender, message);
      return;
    }
    const body = message as Message;
    if (body.type === "request") this.#desk.admit(body);
    else if (body.type === "probe" && !this.#machine.fenced) {
      this.#world.send(this.#process, from, { type: "probeReply", call: body.call, report: this.status() }, CHANNEL.requests, -1, FLOW.none);
    }
  }

  timer(name: number): void {
    this.catchUp();
    this.#group.protocol.timer(this.#state, this, name);
  }

  workDone(job: Job): void {
    const request = job.subject as Request;
    this.catchUp();
    if (isParcel(request)) {
      this.#propose(request);
      return;
    }
    this.#desk.note(request);
    if (this.#custody.isOwn(request.key)) this.#propose(request);
    else this.#elsewhere(request);
  }

  #propose(request: Request): void {
    this.#desk.reach(request, STAGE.replicating);
    const id = this.#requests++;
    this.#open.add(id, request);
    if (this.#open.size > OPEN_MAX) this.#open.delete(this.#open.oldest!);
    this.#group.protocol.request(this.#state, this, id, this.#withOwnToken(request));
  }

  synced(token: number): void {
    this.#group.protocol.synced(this.#state, this, token);
  }

  crashed(): void {
    for (const request of this.#open.values()) this.#desk.reach(request, STAGE.crashed);
    for (const request of this.#custody.forget()) this.#desk.reach(request, STAGE.crashed);
    this.#open.clear();
  }

  restarted(diskLost: boolean): void {
    if (this.#state === undefined) {
      this.begin();
      return;
    }
    this.#state = this.#group.protocol.recover(this.#state, this, diskLost);
    this.#present = null;
    this.catchUp();
  }

  clockUs(): Us {
    return this.#machine.clockUs();
  }

  send(to: ReplicaId, message: unknown): void {
    if (this.#machine.fenced) return;
    const { protocol, members } = this.#group;
    const writes = protocol.payload(message);
    const flow = writes > 0 ? FLOW.replication : FLOW.none;
    const bytes = bytesOfWrites(writes);
    if (protocol.ordered) this.#world.sendInOrder(this.#process, members[to]!, message, CHANNEL.replicas, flow, bytes);
    else this.#world.send(this.#process, members[to]!, message, CHANNEL.replicas, -1, flow, bytes);
  }

  setTimer(name: number, delayUs: Us): void {
    this.#world.setTimer(this.#process, name, delayUs);
  }

  cancelTimer(name: number): void {
    this.#world.cancelTimer(this.#process, name);
  }

  random(): number {
    return this.#luck();
  }

  sync(token: number): void {
    this.#machine.sync(this.#process, token);
  }

  answer(id: number, answer: StoreAnswer): void {
    const request = this.#open.get(id);
    if (request === undefined) return;
    this.#open.delete(id);
    // What was under way when the node was fenced is never answered: nobody is to build on it.
    if (this.#machine.fenced) return;
    const node = this.#machine.index;
    switch (answer.outcome) {
      case "ok":
        if (isInside(request)) this.#answerInside(request, { ...NOTHING, ...answer, values: null, node });
        else if (request.kind === "read" && !this.#custody.holds(request.key)) this.#elsewhere(request);
        else this.#desk.reply(request, { ...NOTHING, ...answer, values: answer.values ?? null, node });
        break;
      case "fail":
        this.#desk.reply(request, { ...NOTHING, ...answer, node });
        break;
      case "elsewhere":
        this.#elsewhere(request);
        break;
      case "refused":
        this.#desk.refuse(request, answer.reason);
        break;
      case "redirect":
        this.#desk.sendOn(request, this.#group.members[answer.to]!);
    }
  }

  /**
   * A key that is not, or not yet, this group's: the request goes to the group that has it, or waits until the key has
   * changed hands. It took no effect here.
   */
  #elsewhere(request: Request): void {
    const { map, shard, groups } = this.#group;
    const owner = map.ownerOf(request.key);
    if (owner !== shard) {
      const { members } = groups[owner]!;
      this.#desk.sendToGroup(request, members[this.self % members.length]!);
    } else if (!this.#custody.wait(request, this.#world.kernel.nowUs)) {
      this.#desk.refuse(request, "moving");
    }
  }

  /** Takes up the requests whose keys have changed hands meanwhile, and gives up those that have waited too long. */
  #goOn(): void {
    const earliestUs = this.#world.kernel.nowUs - usOf(this.#config.requestTimeoutMs);
    for (const { request, how } of this.#custody.takeUp(earliestUs)) {
      if (how === "here") this.#propose(request);
      else if (how === "elsewhere") this.#elsewhere(request);
      else this.#desk.refuse(request, "moving");
    }
  }

  /** A session's token of another shard's log says nothing here: what it saw there came along with the key. */
  #withOwnToken(request: Request): Request {
    const { shard = this.#group.shard } = request;
    return shard === this.#group.shard ? request : { ...request, shard: this.#group.shard, sessionPosition: 0 };
  }

  /** Answers the mover or a gatherer: what its entry or read says of all its keys. */
  #answerInside(request: InsideRequest, answer: Answer): void {
    const registers = this.#group.protocol.registers!(this.#state);
    const inside = insideAnswer(request, registers, (key) => this.#custody.holds(key));
    if (inside === null) this.#desk.refuse(request, "moving");
    else this.#desk.replyInside(request, answer, inside);
  }
}

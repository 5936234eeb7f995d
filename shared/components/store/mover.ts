import { usOf, type Ms } from "../../core/time.ts";
import type { Parcel, ParcelContent } from "../../protocols/parcel.ts";
import { FLOW } from "../../sim/flows.ts";
import type { Reply, Request } from "../../sim/message.ts";
import { CHANNEL, type Process, type ProcessId } from "../../sim/process.ts";
import type { World } from "../../sim/world.ts";
import { bytesOfParcel, type InsideReply, type ParcelRequest } from "./inside.ts";
import { movesOf, type Plan } from "./resharding.ts";
import type { Move } from "./shardMap.ts";

/** What the mover needs of its store. */
export interface Movable {
  /** Index of the store. */
  readonly index: number;
  /** Replicas of a shard, whichever leads. */
  membersOf(shard: number): readonly ProcessId[];
  /** All keys of a move change hands. */
  cutOver(move: Move): void;
}

/** How fast the mover goes; operators may change it. */
export interface MovePace {
  /** Keys that move in one piece: while they do, they can't be written. */
  batch: number;
  /** Rest between two moves, so that clients get their turn, ms. */
  pauseMs: Ms;
  /** Off: no new move begins, and the store stays as it is, with some keys here and some there. */
  isGoing: boolean;
}

const TIMER_NEXT = 0;
const TIMER_ANSWER = 1;
/** How long it waits for a group's answer, and how soon after a refusal it asks again. */
const PATIENCE_MS: Ms = 1_000;
const AGAIN_MS: Ms = 100;

/** A move under way; `content` is null until the keys were surrendered. */
interface Carried {
  readonly move: Move;
  content: ParcelContent | null;
}

/**
 * Carries keys from shard to shard while clients go on, a small piece at a time: the old group surrenders the keys by an
 * entry in its log, the new group adopts them by one in its own, then the map says so. In between their writes wait. A
 * group that does not answer is asked again, for every step may be done twice; a move that began is always finished, and
 * one that did not can wait for ever.
 * Source: Elmore et al. 2015, Squall, section 4 (pieces of limited size, with a rest between them).
 * Simplified: the mover's own process does not fail and remembers where it is; what was surrendered stays on the old
 * group's disks.
 */
export class Mover implements Process {
  readonly #world: World;
  readonly #self: ProcessId;
  readonly #store: Movable;
  readonly pace: MovePace;
  #plan: Plan | null = null;
  /** What the plan still needs, from the first on. */
  #queue: Omit<Move, "number">[] = [];
  #carried: Carried | null = null;
  #moves = 0;
  #call = 0;
  #asked = 0;

  constructor(world: World, self: ProcessId, store: Movable, pace: MovePace) {
    this.#world = world;
    this.#self = self;
    this.#store = store;
    this.pace = pace;
  }

  /** Keys that are not yet where they are to be. */
  get keysLeft(): number {
    return this.#queue.reduce((left, { keys }) => left + keys.length, this.#carried?.move.keys.length ?? 0);
  }

  /** Takes a new plan in place of the old one; a move under way is finished first. */
  follow(plan: Plan): void {
    this.#plan = plan;
    this.go();
  }

  /** Goes on with the plan as it is set now: after an interruption, or in pieces of another size. */
  go(): void {
    this.pace.isGoing = true;
    if (this.#carried === null) this.#world.setTimer(this.#self, TIMER_NEXT, 1);
    if (this.#plan !== null) this.#queue = this.#open(this.#plan);
  }

  /** No further move begins; one that is under way is finished. */
  interrupt(): void {
    this.pace.isGoing = false;
  }

  /** Moves keys in pieces of another size from now on. */
  resize(batch: number): void {
    this.pace.batch = batch;
    if (this.#plan !== null) this.#queue = this.#open(this.#plan);
  }

  receive(_from: ProcessId, message: unknown): void {
    const reply = message as Reply;
    if (reply.type !== "reply" || reply.call !== this.#call || this.#carried === null) return;
    if (reply.outcome === "ok") this.#stepDone(this.#carried, reply as InsideReply);
    else this.#world.setTimer(this.#self, TIMER_ANSWER, usOf(AGAIN_MS));
  }

  timer(name: number): void {
    if (name === TIMER_NEXT) this.#begin();
    else if (this.#carried !== null) this.#ask(this.#carried);
  }

  workDone(): void {}
  synced(): void {}
  crashed(): void {}
  restarted(): void {}

  #begin(): void {
    if (!this.pace.isGoing || this.#carried !== null) return;
    const next = this.#queue.shift();
    if (next === undefined) {
      this.#plan = null;
      return;
    }
    this.#carried = { move: { ...next, number: ++this.#moves }, content: null };
    this.#ask(this.#carried);
  }

  /** What a plan needs once the move under way is done. */
  #open(plan: Plan): Omit<Move, "number">[] {
    const underWay = this.#carried?.move;
    const ownerOf = (key: number): number => (underWay?.keys.includes(key) ? underWay.to : plan.ownerOf(key));
    return movesOf({ wanted: plan.wanted, ownerOf }, this.pace.batch);
  }

  /** Asks one replica of the group whose turn it is; the next one each time, since this one may be gone. */
  #ask({ move, content }: Carried): void {
    const { number, from, to, keys } = move;
    const way = content === null ? "surrender" : "adopt";
    const members = this.#store.membersOf(way === "surrender" ? from : to);
    const parcel: Parcel = { move: number, way, keys, content };
    const request: ParcelRequest = { ...this.#blank(++this.#call, keys[0]!), parcel };
    const member = members[this.#asked++ % members.length]!;
    this.#world.send(this.#self, member, request, CHANNEL.requests, -1, FLOW.replication, bytesOfParcel(parcel));
    this.#world.setTimer(this.#self, TIMER_ANSWER, usOf(PATIENCE_MS));
  }

  #blank(call: number, key: number): Request {
    return {
      type: "request",
      operation: -1,
      session: -1,
      target: this.#store.index,
      kind: "write",
      key,
      other: null,
      argument: null,
      expected: null,
      sessionPosition: 0,
      patienceUs: usOf(PATIENCE_MS),
      priority: 0,
      replyTo: this.#self,
      call,
      attempt: 1,
      hops: 0,
    };
  }

  #stepDone(carried: Carried, reply: InsideReply): void {
    this.#asked = 0;
    if (carried.content === null) {
      carried.content = reply.content;
      this.#ask(carried);
      return;
    }
    this.#world.cancelTimer(this.#self, TIMER_ANSWER);
    this.#carried = null;
    this.#store.cutOver(carried.move);
    this.#world.setTimer(this.#self, TIMER_NEXT, Math.max(1, usOf(this.pace.pauseMs)));
  }
}

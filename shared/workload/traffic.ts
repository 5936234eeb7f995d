import { operations, type OperationCard, type OperationKind } from "../core/operations.ts";
import type { Stream } from "../core/random.ts";
import { Roll } from "../core/roll.ts";
import type { Us } from "../core/time.ts";
import { NO_HANDLE, type Handle } from "../sim/eventQueue.ts";
import { FLOW } from "../sim/flows.ts";
import { STAGE } from "../sim/journeys.ts";
import { EVENT } from "../sim/kernel.ts";
import type { Reply, Request } from "../sim/message.ts";
import { CHANNEL, type Process, type ProcessId } from "../sim/process.ts";
import type { World } from "../sim/world.ts";
import { nextArrivalUs, type Ramp } from "./arrivals.ts";
import { Foci, type Focus } from "./focus.ts";
import type { KeyChooser } from "./keys.ts";
import { People, Register, type Session } from "./people.ts";

/** One stream of requests from the clients of one zone. */
export interface SourceSetup {
  readonly zone: number;
  /** Index of the component that it is for. */
  readonly target: number;
  /** The process that clients of this zone ask. */
  readonly entry: ProcessId;
  readonly kind: OperationKind;
  /** Shard of the component that a key belongs to: each has a log of its own. */
  readonly shardOf: (key: number) => number;
  readonly ramp: Ramp;
  readonly keys: KeyChooser;
  /** Second keys, for operations that have one. */
  readonly others: KeyChooser;
  /** Bounds of the amount, for operations that have one. */
  readonly amount: { readonly least: number; readonly most: number };
  readonly priority: number;
  readonly value: number;
  readonly sessions: number;
  /** After this long without an answer a client gives up, µs. */
  readonly giveUpUs: Us;
  /** Names its streams of luck. */
  readonly name: string;
}

/** How a request ended for its client; `reply` is null when it gave up. */
export interface Ending {
  readonly operation: number;
  readonly source: number;
  readonly invokedAtUs: Us;
  readonly reply: Reply | null;
}

/** What a session asks. */
export interface Asked {
  readonly session: number;
  readonly source: number;
  readonly key: number;
  readonly other: number | null;
  readonly expected: number | null;
  /** The amount, or the element that was seen; null for an operation that writes a fresh value, or has no argument. */
  readonly given: number | null;
}

/** The argument of an operation: a fresh value is its id + 1, so that a read names the one write that it saw. */
export function argumentOf({ argument }: OperationCard, id: number, given: number | null): number | null {
  return argument === "fresh" ? id + 1 : given;
}

/** Who writes down what clients see. */
export interface Observer {
  /** A session asks; answers with the operation's id, counted from 0. */
  invoked(asked: Asked): number;
  ended(ending: Ending): void;
}

interface Source extends SourceSetup {
  /** What the catalogue says of its operations. */
  readonly card: OperationCard;
  /** True when they name a value that somebody saw. */
  readonly asksForSeen: boolean;
  readonly clients: ProcessId;
  readonly arrivalLuck: Stream;
  readonly keyLuck: Stream;
  readonly otherLuck: Stream;
  readonly amountLuck: Stream;
  readonly sessionLuck: Stream;
  readonly spikeLuck: Stream;
  readonly focusLuck: Stream;
  readonly people: People;
  readonly foci: Foci;
  /** Factors of the spikes under way, by fault. */
  readonly factors: Map<number, number>;
  /** Extra share of requests by all of them, and a count that tells old spikes from new ones. */
  extra: number;
  spike: number;
}

interface Open {
  readonly source: number;
  readonly session: Session;
  readonly key: number;
  readonly invokedAtUs: Us;
  readonly wrote: number | null;
  giveUp: Handle;
}

/**
 * The users of a level: sessions in zones that ask with Poisson arrivals whatever the cluster does (open loop), wait for
 * an answer, and give up after a while. A session asks one thing at a time; one that got no answer is closed, since it
 * can't know what became of its request.
 */
export class Traffic {
  readonly #world: World;
  readonly #observer: Observer;
  readonly #sources: Source[] = [];
  readonly #clients = new Map<number, ProcessId>();
  readonly #register = new Register();
  readonly #open = new Roll<Open>();
  #closed = false;

  constructor(world: World, observer: Observer) {
    this.#world = world;
    this.#observer = observer;
    world.kernel.on(EVENT.arrival, (source, spike) => this.#arrival(source, spike));
    world.kernel.on(EVENT.giveUp, (_, operation) => this.#gaveUp(operation));
  }

  /** Adds a source; the first request comes by its own luck. */
  add(setup: SourceSetup): number {
    const index = this.#sources.length;
    const streams = this.#world.streams;
    const sibling = this.#sources.find(({ zone, target }) => zone === setup.zone && target === setup.target);
    const people = sibling?.people ?? new People(this.#register, setup.target);
    people.growTo(setup.sessions);
    this.#sources.push({
      ...setup,
      card: operations[setup.kind],
      asksForSeen: setup.kind === "cas" || operations[setup.kind].argument === "seen",
      clients: this.#clientsOf(setup.zone),
      arrivalLuck: streams.stream("arrivals", setup.name),
      keyLuck: streams.stream("keys", setup.name),
      otherLuck: streams.stream("others", setup.name),
      amountLuck: streams.stream("amounts", setup.name),
      sessionLuck: streams.stream("sessions", setup.name),
      spikeLuck: streams.stream("spike", setup.name),
      focusLuck: streams.stream("focus", setup.name),
      people,
      foci: new Foci(),
      factors: new Map(),
      extra: 0,
      spike: 0,
    });
    this.#scheduleArrival(index, 0);
    return index;
  }

  source(index: number): SourceSetup & { readonly card: OperationCard } {
    return this.#sources[index]!;
  }

  get sources(): number {
    return this.#sources.length;
  }

  /**
   * Multiplies the requests of a zone for a component (−1: of all) by a factor ≥ 1, from streams of their own; 1 ends the
   * spike. Spikes are kept by fault, so that the end of one is not the end of another; together they multiply.
   */
  spike(fault: number, zone: number, factor: number, target = -1): void {
    this.#sources.forEach((source, index) => {
      if ((zone >= 0 && source.zone !== zone) || (target >= 0 && source.target !== target)) return;
      if (factor === 1) source.factors.delete(fault);
      else source.factors.set(fault, factor);
      source.spike++;
      let together = 1;
      for (const each of source.factors.values()) together *= each;
      source.extra = together - 1;
      if (source.extra > 0) this.#scheduleArrival(index, source.spike);
    });
  }

  /** Draws the requests of those whom it is about to a few keys, from streams of their own; null ends it. */
  focus(fault: number, focus: Focus | null): void {
    for (const source of this.#sources) {
      const concerned = focus !== null && source.target === focus.target && (focus.zone < 0 || source.zone === focus.zone);
      source.foci.set(fault, concerned ? focus : null);
    }
  }

  /** By what faults multiply the requests of a source now, and to which keys they draw them. */
  demand(source: number): { readonly times: number; readonly foci: readonly Focus[] } {
    const { extra, foci } = this.#sources[source]!;
    return { times: 1 + extra, foci: foci.all };
  }

  /** No more requests: the match is over. Those that wait still get their answer. */
  close(): void {
    this.#closed = true;
  }

  /** Requests that wait for an answer now. */
  get open(): number {
    return this.#open.size;
  }

  #clientsOf(zone: number): ProcessId {
    let clients = this.#clients.get(zone);
    if (clients === undefined) {
      clients = this.#world.addProcess({ zone, network: "public" }, () => new Clients((reply) => this.#answered(reply)));
      this.#clients.set(zone, clients);
    }
    return clients;
  }

  #scheduleArrival(index: number, spike: number): void {
    const source = this.#sources[index]!;
    const { ramp } = source;
    const scaled = spike === 0 ? ramp : { ...ramp, fromPerSecond: ramp.fromPerSecond * source.extra, toPerSecond: ramp.toPerSecond * source.extra };
    const atUs = nextArrivalUs(scaled, this.#world.kernel.nowUs, spike === 0 ? source.arrivalLuck : source.spikeLuck);
    if (atUs !== Infinity) this.#world.kernel.at(atUs, EVENT.arrival, index, spike, null);
  }

  #arrival(index: number, spike: number): void {
    if (this.#closed) return;
    const source = this.#sources[index]!;
    if (spike !== 0 && spike !== source.spike) return;
    this.#scheduleArrival(index, spike);
    const session = source.people.take(source.sessionLuck);
    const key = source.foci.keyFor(source.keys(source.keyLuck, session.ordinal), source.focusLuck);
    this.#ask(index, source, session, key);
  }

  #ask(index: number, source: Source, session: Session, key: number): void {
    const { kernel } = this.#world;
    const seen = source.asksForSeen ? (source.people.seen.get(key) ?? null) : null;
    const expected = source.kind === "cas" ? seen : null;
    const other = source.card.other ? source.others(source.otherLuck, session.ordinal) : null;
    const given = this.#given(source, seen);
    const operation = this.#observer.invoked({ session: session.id, source: index, key, other, expected, given });
    const context = session.contexts.size === 0 ? undefined : session.contexts.get(key);
    const argument = argumentOf(source.card, operation, given);
    const shard = source.shardOf(key);
    const giveUp = kernel.after(source.giveUpUs, EVENT.giveUp, source.clients, operation, null);
    this.#open.add(operation, { source: index, session, key, invokedAtUs: kernel.nowUs, wrote: source.card.mutates ? argument : null, giveUp });
    this.#world.journeys.reach(operation, -1, STAGE.travelling, kernel.nowUs);
    const request: Request = {
      type: "request",
      operation,
      session: session.id,
      target: source.target,
      kind: source.kind,
      key,
      other,
      argument,
      expected,
      sessionPosition: session.positions[shard] ?? 0,
      shard,
      context,
      patienceUs: source.giveUpUs,
      priority: source.priority,
      replyTo: source.clients,
      call: operation,
      attempt: 1,
      hops: 0,
    };
    this.#world.send(source.clients, source.entry, request, CHANNEL.requests, operation, FLOW.none);
  }

  #given({ card, amount, amountLuck }: Source, seen: number | null): number | null {
    if (card.argument === "seen") return seen ?? 0;
    if (card.argument !== "amount") return null;
    return amount.least + Math.floor(amountLuck() * (amount.most - amount.least + 1));
  }

  #answered(reply: Reply): void {
    const open = this.#open.get(reply.operation);
    if (open === undefined) return;
    this.#world.kernel.cancel(open.giveUp);
    open.giveUp = NO_HANDLE;
    this.#open.delete(reply.operation);
    const source = this.#sources[open.source]!;
    if (reply.outcome === "ok") {
      const { positions, contexts } = open.session;
      const shard = reply.shard ?? source.shardOf(open.key);
      positions[shard] = Math.max(positions[shard] ?? 0, reply.position);
      if (reply.context !== undefined) contexts.set(open.key, reply.context);
      const seen = open.wrote ?? reply.values?.at(-1) ?? reply.value;
      if (seen !== null && source.kind !== "scan") source.people.seen.set(open.key, seen);
    }
    source.people.release(open.session, reply.outcome === "unknown");
    this.#observer.ended({ operation: reply.operation, source: open.source, invokedAtUs: open.invokedAtUs, reply });
  }

  #gaveUp(operation: number): void {
    const open = this.#open.get(operation);
    if (open === undefined) return;
    this.#open.delete(operation);
    const source = this.#sources[open.source]!;
    source.people.release(open.session, true);
    this.#observer.ended({ operation, source: open.source, invokedAtUs: open.invokedAtUs, reply: null });
  }
}

/** The clients of one zone as a process: they only take answers. */
class Clients implements Process {
  readonly #answered: (reply: Reply) => void;

  constructor(answered: (reply: Reply) => void) {
    this.#answered = answered;
  }

  receive(_from: ProcessId, message: unknown): void {
    this.#answered(message as Reply);
  }

  timer(): void {}
  workDone(): void {}
  synced(): void {}
  crashed(): void {}
  restarted(): void {}
}

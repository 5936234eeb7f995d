import type { Stream } from "../core/random.ts";
import type { Us } from "../core/time.ts";
import { NO_HANDLE, type Handle } from "../sim/eventQueue.ts";
import { FLOW } from "../sim/flows.ts";
import { STAGE } from "../sim/journeys.ts";
import { EVENT } from "../sim/kernel.ts";
import type { Reply, Request, RequestKind } from "../sim/message.ts";
import { CHANNEL, type Process, type ProcessId } from "../sim/process.ts";
import type { World } from "../sim/world.ts";
import { nextArrivalUs, type Ramp } from "./arrivals.ts";
import type { KeyChooser } from "./keys.ts";
import { People, Register, type Session } from "./people.ts";

/** One stream of requests from the clients of one zone. */
export interface SourceSetup {
  readonly zone: number;
  readonly store: number;
  /** The process that clients of this zone ask. */
  readonly entry: ProcessId;
  readonly kind: RequestKind;
  /** Shard of the store that a key belongs to: each has a log of its own. */
  readonly shardOf: (key: number) => number;
  readonly ramp: Ramp;
  readonly keys: KeyChooser;
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

/** Who writes down what clients see. */
export interface Observer {
  /** A session asks; answers with the operation's id, counted from 0. A write or cas writes the value id + 1. */
  invoked(session: number, source: number, key: number, expected: number | null): number;
  ended(ending: Ending): void;
}

interface Source extends SourceSetup {
  readonly clients: ProcessId;
  readonly arrivalLuck: Stream;
  readonly keyLuck: Stream;
  readonly sessionLuck: Stream;
  readonly spikeLuck: Stream;
  readonly people: People;
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
  readonly #open = new Map<number, Open>();
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
    const sibling = this.#sources.find(({ zone, store }) => zone === setup.zone && store === setup.store);
    const people = sibling?.people ?? new People(this.#register, setup.store);
    people.growTo(setup.sessions);
    this.#sources.push({
      ...setup,
      clients: this.#clientsOf(setup.zone),
      arrivalLuck: streams.stream("arrivals", setup.name),
      keyLuck: streams.stream("keys", setup.name),
      sessionLuck: streams.stream("sessions", setup.name),
      spikeLuck: streams.stream("spike", setup.name),
      people,
      factors: new Map(),
      extra: 0,
      spike: 0,
    });
    this.#scheduleArrival(index, 0);
    return index;
  }

  source(index: number): SourceSetup {
    return this.#sources[index]!;
  }

  get sources(): number {
    return this.#sources.length;
  }

  /**
   * Multiplies the requests of a zone (−1: of all) by a factor ≥ 1, from streams of their own; 1 ends the spike. Spikes
   * are kept by fault, so that the end of one is not the end of another; together they multiply.
   */
  spike(fault: number, zone: number, factor: number): void {
    this.#sources.forEach((source, index) => {
      if (zone >= 0 && source.zone !== zone) return;
      if (factor === 1) source.factors.delete(fault);
      else source.factors.set(fault, factor);
      source.spike++;
      let together = 1;
      for (const each of source.factors.values()) together *= each;
      source.extra = together - 1;
      if (source.extra > 0) this.#scheduleArrival(index, source.spike);
    });
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
    const key = source.keys(source.keyLuck, session.ordinal);
    this.#ask(index, source, session, key);
  }

  #ask(index: number, source: Source, session: Session, key: number): void {
    const { kernel } = this.#world;
    const expected = source.kind === "cas" ? (source.people.seen.get(key) ?? null) : null;
    const operation = this.#observer.invoked(session.id, index, key, expected);
    // Every write has its own value, so that a read names the one write it saw.
    const argument = source.kind === "read" ? null : operation + 1;
    const giveUp = kernel.after(source.giveUpUs, EVENT.giveUp, source.clients, operation, null);
    this.#open.set(operation, { source: index, session, key, invokedAtUs: kernel.nowUs, wrote: argument, giveUp });
    this.#world.journeys.reach(operation, -1, STAGE.travelling, kernel.nowUs);
    const request: Request = {
      type: "request",
      operation,
      store: source.store,
      kind: source.kind,
      key,
      argument,
      expected,
      sessionPosition: session.positions[source.shardOf(key)] ?? 0,
      replyTo: source.clients,
      call: operation,
      attempt: 1,
      hops: 0,
    };
    this.#world.send(source.clients, source.entry, request, CHANNEL.requests, operation, FLOW.none);
  }

  #answered(reply: Reply): void {
    const open = this.#open.get(reply.operation);
    if (open === undefined) return;
    this.#world.kernel.cancel(open.giveUp);
    open.giveUp = NO_HANDLE;
    this.#open.delete(reply.operation);
    const source = this.#sources[open.source]!;
    if (reply.outcome === "ok") {
      const { positions } = open.session;
      const shard = source.shardOf(open.key);
      positions[shard] = Math.max(positions[shard] ?? 0, reply.position);
      const seen = open.wrote ?? reply.value;
      if (seen !== null) source.people.seen.set(open.key, seen);
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

import type { Command } from "../../shared/protocols/command.ts";
import { invariant } from "../../shared/core/invariant.ts";
import { RandomStreams, type Stream } from "../../shared/core/random.ts";
import { usOf, type Ms, type Us } from "../../shared/core/time.ts";
import type {
  Protocol,
  ReplicaId,
  ReplicaIo,
  ReplicaStatus,
  ReplicationConfig,
  StoreAnswer,
  StoreRequest,
} from "../../shared/protocols/protocol.ts";
import { CONFIG, FAIR_WEATHER, type Weather } from "./weather.ts";
import { HeapQueue } from "../../shared/sim/heapQueue.ts";
import { NO_HANDLE, type Handle } from "../../shared/sim/eventQueue.ts";

export interface ClusterOptions<State, Message> {
  readonly protocol: Protocol<State, Message>;
  readonly replicas: number;
  readonly seed: string;
  readonly config?: Partial<ReplicationConfig>;
  readonly weather?: Weather;
}

/** One replica of the cluster as the world sees it. */
interface Node<State> {
  state: State | undefined;
  io: ReplicaIo<unknown>;
  isUp: boolean;
  /** Counts restarts: what an earlier life asked of timers and disk comes to nothing. */
  life: number;
  isPaused: boolean;
  /** Cut off by operators: neither replicas nor clients reach it. */
  isFenced: boolean;
  /** The standing order that it has taken. */
  told: Command | null;
  readonly missed: (() => void)[];
  readonly timers: Map<number, Handle>;
  lastSyncAtUs: Us;
  skewUs: Us;
}

/** A request, and the life of the replica in which it came. */
interface Asked {
  readonly answered: (answer: StoreAnswer) => void;
  readonly life: number;
  isOpen: boolean;
}

const MESSAGE = 0;
const TIMER = 1;
const SYNC = 2;
const CALL = 3;

/** A seeded world for the replicas of one protocol: every run with the same options is the same run. */
export class Cluster<State, Message> {
  readonly protocol: Protocol<State, Message>;
  readonly replicas: number;
  /** Replicas, and the nodes behind them that stand in for them. */
  readonly places: number;
  readonly #nodes: Node<State>[];
  readonly #queue = new HeapQueue();
  readonly #luck: Stream;
  readonly #cuts = new Set<string>();
  readonly #requests: Asked[] = [];
  readonly #weather: Weather;
  #config: ReplicationConfig;
  #standing: Command | null = null;
  nowUs: Us = 0;
  /** Called after every event: the place for what must always hold. */
  afterEvent: () => void = () => {};

  constructor({ protocol, replicas, seed, config, weather }: ClusterOptions<State, Message>) {
    const streams = new RandomStreams(seed);
    this.protocol = protocol;
    this.replicas = replicas;
    this.#config = { ...CONFIG, ...config };
    this.places = replicas + this.#config.standIns;
    this.#weather = weather ?? FAIR_WEATHER;
    this.#luck = streams.stream("world", "all");
    this.#nodes = Array.from({ length: this.places }, (_, self) => ({
      state: undefined,
      io: this.#ioOf(self, streams.stream("replica", String(self))),
      isUp: true,
      life: 0,
      isPaused: false,
      isFenced: false,
      told: null,
      missed: [],
      timers: new Map<number, Handle>(),
      lastSyncAtUs: 0,
      skewUs: usOf((this.#luck() * 2 - 1) * this.#weather.skewMsMax),
    }));
    this.#nodes.forEach((node) => (node.state = protocol.start(node.io, this.#config)));
  }

  /** State of a replica; it outlives a crash until the restart. */
  state(replica: ReplicaId): State {
    return this.#node(replica).state!;
  }

  status(replica: ReplicaId): ReplicaStatus {
    return this.protocol.status(this.state(replica));
  }

  isUp(replica: ReplicaId): boolean {
    return this.#node(replica).isUp;
  }

  /** What a protocol sees of the world at a replica, for tests that call its functions themselves. */
  io(replica: ReplicaId): ReplicaIo<Message> {
    return this.#node(replica).io;
  }

  /** Hands a request to a replica, which calls back at most once. A replica that is down or fenced never hears of it. */
  ask(replica: ReplicaId, body: StoreRequest, answered: (answer: StoreAnswer) => void): void {
    const node = this.#node(replica);
    if (node.isFenced) return;
    const request = this.#requests.push({ answered, life: node.life, isOpen: true }) - 1;
    this.#at(replica, () => this.protocol.request(node.state!, this.io(replica), request, body));
  }

  command(replica: ReplicaId, command: Command): boolean {
    let taken = false;
    const node = this.#node(replica);
    this.#at(replica, () => (taken = this.protocol.command(node.state!, this.io(replica), command)));
    return taken;
  }

  /** An order to everybody that stands until the next: who is down or paused takes it before doing anything else. */
  order(standing: Command): void {
    this.#standing = standing;
    for (let replica = 0; replica < this.replicas; replica++) {
      if (this.isUp(replica) && !this.#node(replica).isPaused) this.#catchUp(replica);
    }
  }

  /** Cuts a replica off from everybody, clients included, or lets it back. */
  fence(replica: ReplicaId, isFenced: boolean): void {
    this.#node(replica).isFenced = isFenced;
  }

  configure(change: Partial<ReplicationConfig>): void {
    this.#config = { ...this.#config, ...change };
    this.#nodes.forEach((node, replica) => {
      this.#at(replica, () => this.protocol.configure(node.state!, this.io(replica), this.#config));
    });
  }

  /** Delivers a message as if `from` had sent it. */
  deliver(from: ReplicaId, to: ReplicaId, message: Message): void {
    this.#at(to, () => this.protocol.receive(this.state(to), this.io(to), from, message));
  }

  setSkew(replica: ReplicaId, skewMs: Ms): void {
    this.#node(replica).skewUs = usOf(skewMs);
  }

  /** Drops what `from` sends to `to` from now on, what is under way included. */
  cut(from: ReplicaId, to: ReplicaId): void {
    this.#cuts.add(`${from}>${to}`);
  }

  /** Cuts both ways between everybody on one side and everybody else. */
  partition(side: readonly ReplicaId[]): void {
    for (let a = 0; a < this.places; a++) {
      for (let b = 0; b < this.places; b++) if (side.includes(a) !== side.includes(b)) this.cut(a, b);
    }
  }

  heal(): void {
    this.#cuts.clear();
  }

  crash(replica: ReplicaId): void {
    const node = this.#node(replica);
    if (!node.isUp) return;
    node.isUp = false;
    node.isPaused = false;
    node.missed.length = 0;
    node.life += 1;
    for (const handle of node.timers.values()) this.#queue.cancel(handle);
    node.timers.clear();
  }

  restart(replica: ReplicaId, diskLost = false): void {
    const node = this.#node(replica);
    if (node.isUp) return;
    node.isUp = true;
    node.lastSyncAtUs = this.nowUs;
    node.state = this.protocol.recover(node.state!, this.io(replica), diskLost);
    this.protocol.configure(node.state, this.io(replica), this.#config);
    node.told = null;
    this.#catchUp(replica);
    this.afterEvent();
  }

  /** A paused replica does nothing; what happens to it meanwhile happens when it resumes. */
  pause(replica: ReplicaId): void {
    this.#node(replica).isPaused = this.isUp(replica);
  }

  resume(replica: ReplicaId): void {
    const node = this.#node(replica);
    node.isPaused = false;
    for (const event of node.missed.splice(0)) event();
  }

  /** Calls back later. */
  later(delayMs: Ms, call: () => void): void {
    this.#queue.schedule(this.nowUs + usOf(delayMs), CALL, 0, 0, call);
  }

  run(forMs: Ms): void {
    this.runUntil(() => false, forMs);
  }

  /** Runs until something holds, at most `forMs`; says whether it came to hold. */
  runUntil(holds: () => boolean, forMs: Ms): boolean {
    const untilUs = this.nowUs + usOf(forMs);
    let isOver = false;
    this.#queue.schedule(untilUs, CALL, 0, 0, () => (isOver = true));
    while (!isOver && !holds()) this.#step();
    return holds();
  }

  #step(): void {
    const queue = this.#queue;
    invariant(queue.next(), "cluster: nothing happens any more");
    this.nowUs = queue.atUs;
    const { kind, a, b, payload } = queue;
    if (kind === CALL) {
      (payload as () => void)();
    } else if (kind === MESSAGE) {
      if (!this.#cuts.has(`${a}>${b}`) && !this.#node(b).isFenced) this.deliver(a, b, payload as Message);
    } else if (this.#node(a).life === payload) {
      if (kind === TIMER) this.#ringTimer(a, b);
      else this.#at(a, () => this.protocol.synced(this.state(a), this.io(a), b));
    }
  }

  /** A timer that runs out during a pause rings at its end, unless something before it cancelled or set it again. */
  #ringTimer(replica: ReplicaId, name: number): void {
    const { timers } = this.#node(replica);
    const handle = timers.get(name);
    this.#at(replica, () => {
      if (timers.get(name) !== handle) return;
      timers.delete(name);
      this.protocol.timer(this.state(replica), this.io(replica), name);
    });
  }

  #at(replica: ReplicaId, event: () => void): void {
    const node = this.#node(replica);
    if (!node.isUp) return;
    if (node.isPaused) {
      const { life } = node;
      node.missed.push(() => this.#node(replica).life === life && this.#at(replica, event));
      return;
    }
    this.#catchUp(replica);
    event();
    this.afterEvent();
  }

  #catchUp(replica: ReplicaId): void {
    const node = this.#node(replica);
    if (this.#standing === null || node.told === this.#standing) return;
    node.told = this.#standing;
    this.protocol.command(node.state!, this.io(replica), this.#standing);
    this.afterEvent();
  }

  #node(replica: ReplicaId): Node<State> {
    const node = this.#nodes[replica];
    invariant(node !== undefined, `cluster: there is no replica ${replica}`);
    return node;
  }

  #ioOf(self: ReplicaId, luck: Stream): ReplicaIo<unknown> {
    const node = (): Node<State> => this.#node(self);
    return {
      self,
      replicas: this.replicas,
      clockUs: () => this.nowUs + node().skewUs,
      send: (to, message) => this.#send(self, to, message),
      setTimer: (name, delayUs) => {
        invariant(Number.isFinite(delayUs) && delayUs >= 0, `cluster: timer ${name} in ${delayUs} µs`);
        this.#queue.cancel(node().timers.get(name) ?? NO_HANDLE);
        node().timers.set(name, this.#queue.schedule(this.nowUs + Math.round(delayUs), TIMER, self, name, node().life));
      },
      cancelTimer: (name) => {
        this.#queue.cancel(node().timers.get(name) ?? NO_HANDLE);
        node().timers.delete(name);
      },
      random: luck,
      sync: (token) => {
        const doneAtUs =
          this.nowUs + usOf(this.#between(Math.min(1, this.#weather.syncMsMax), this.#weather.syncMsMax));
        node().lastSyncAtUs = Math.max(node().lastSyncAtUs, doneAtUs);
        this.#queue.schedule(node().lastSyncAtUs, SYNC, self, token, node().life);
      },
      answer: (request, answer) => {
        const asked = this.#requests[request];
        invariant(asked?.isOpen === true, `cluster: request ${request} was answered twice`);
        invariant(asked.life === node().life, `cluster: request ${request} outlived a crash`);
        asked.isOpen = false;
        asked.answered(answer);
      },
    };
  }

  #send(from: ReplicaId, to: ReplicaId, message: unknown): void {
    invariant(from !== to, `cluster: replica ${from} sends to itself`);
    invariant(to >= 0 && to < this.places, `cluster: replica ${from} sends to ${to}`);
    Object.freeze(message);
    if (this.#node(from).isFenced) return;
    const { loss, duplication, delayMsMin, delayMsMax } = this.#weather;
    if (this.#luck() < loss) return;
    const copies = this.#luck() < duplication ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      const delayUs = usOf(this.#between(delayMsMin, delayMsMax));
      this.#queue.schedule(this.nowUs + delayUs, MESSAGE, from, to, message);
    }
  }

  #between(min: number, max: number): number {
    return min + this.#luck() * (max - min);
  }
}

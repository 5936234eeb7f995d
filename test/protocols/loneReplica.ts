import type { Command } from "../../shared/protocols/command.ts";
import type {
  Protocol,
  ReplicaId,
  ReplicaIo,
  ReplicationConfig,
  StoreAnswer,
  StoreRequest,
} from "../../shared/protocols/protocol.ts";
import { CONFIG } from "./weather.ts";

export interface LoneReplicaOptions<State, Message> {
  readonly protocol: Protocol<State, Message>;
  readonly self: ReplicaId;
  readonly replicas: number;
  readonly config?: Partial<ReplicationConfig>;
}

/** One replica with nobody around it: the test says what it hears, when its timers ring and when its disk is done. */
export class LoneReplica<State, Message> {
  readonly protocol: Protocol<State, Message>;
  readonly io: ReplicaIo<Message>;
  state: State;
  /** What it has sent since the last `sent()`. */
  #outbox: { to: ReplicaId; message: Message }[] = [];
  readonly timersUs = new Map<number, number>();
  readonly answers = new Map<number, StoreAnswer>();
  #syncs: number[] = [];
  #requests = 0;
  #operations = 1_000;
  clockUs = 0;
  luck = 0;

  constructor({ protocol, self, replicas, config }: LoneReplicaOptions<State, Message>) {
    this.protocol = protocol;
    this.io = {
      self,
      replicas,
      clockUs: () => this.clockUs,
      send: (to, message) => this.#outbox.push({ to, message }),
      setTimer: (name, delayUs) => this.timersUs.set(name, delayUs),
      cancelTimer: (name) => this.timersUs.delete(name),
      random: () => this.luck,
      sync: (token) => this.#syncs.push(token),
      answer: (request, answer) => this.answers.set(request, answer),
    };
    this.state = protocol.start(this.io, { ...CONFIG, ...config });
  }

  hears(from: ReplicaId, message: Message): void {
    this.protocol.receive(this.state, this.io, from, message);
  }

  rings(timer: number): void {
    this.timersUs.delete(timer);
    this.protocol.timer(this.state, this.io, timer);
  }

  orders(command: Command): boolean {
    return this.protocol.command(this.state, this.io, command);
  }

  /** Its disk finishes all that it was asked to sync, and what it is asked for on the way. */
  syncs(): void {
    for (let token = this.#syncs.shift(); token !== undefined; token = this.#syncs.shift()) {
      this.protocol.synced(this.state, this.io, token);
    }
  }

  crashesAndRestarts(diskLost = false): void {
    this.#syncs = [];
    this.#outbox = [];
    this.timersUs.clear();
    this.state = this.protocol.recover(this.state, this.io, diskLost);
  }

  /** A client asks; returns the number under which the answer will stand. */
  asked(body: Partial<StoreRequest>): number {
    const request = this.#requests++;
    const whole: StoreRequest = {
      operation: this.#operations++,
      kind: "read",
      key: 1,
      argument: null,
      expected: null,
      sessionPosition: 0,
      ...body,
    };
    this.protocol.request(this.state, this.io, request, whole);
    return request;
  }

  /** Takes out what was sent since the last time. */
  sent(): { to: ReplicaId; message: Message }[] {
    return this.#outbox.splice(0);
  }
}

import { exponential, type Distribution } from "../../core/distribution.ts";
import type { Stream } from "../../core/random.ts";
import { msOf, usOf, type Us } from "../../core/time.ts";
import { STAGE } from "../../sim/journeys.ts";
import type { Request } from "../../sim/message.ts";
import type { ProcessId } from "../../sim/process.ts";
import { Durable } from "../durable.ts";
import { Endpoint, type Standing } from "../endpoint.ts";
import type { QueueConfig, QueuePolicy } from "./config.ts";
import { Deliveries } from "./deliveries.ts";
import { Groups } from "./groups.ts";
import type { FromConsumer, Place, ToConsumer } from "./messages.ts";
import { brokerDisk, cursorOf, depthOf, endOf, type BrokerChange, type BrokerDisk, type Partition } from "./partition.ts";

/** What all brokers of a queue have in common. */
export interface QueuePlan {
  readonly name: string;
  readonly config: QueueConfig;
  readonly policy: QueuePolicy;
  /** Names of the consumer groups, in the order in which they were built. */
  readonly groups: string[];
}

/** What waits for a change to be durable. */
type Waiting =
  | { readonly type: "publish"; readonly request: Request; readonly offset: number }
  | { readonly type: "commit"; readonly to: ProcessId; readonly at: Place; readonly offset: number }
  | { readonly type: "deal"; readonly group: number };

const TIMER_SESSIONS = 0;

/** One node of a queue: the logs of its partitions, and on the first node the coordinator of the consumer groups. */
export class Broker extends Endpoint<never> {
  readonly #plan: QueuePlan;
  readonly #partitions: readonly number[];
  readonly #publishUs: Distribution;
  readonly #luck: Stream;
  readonly #disk: Durable<BrokerDisk, BrokerChange, Waiting>;
  readonly #deliveries: Deliveries;
  /** Null but on the broker that coordinates. */
  readonly #groups: Groups | null;
  /** When the disk was lost, µs: tells its offsets from those before, and is above any generation dealt before. */
  #life = 0;

  constructor(standing: Standing, plan: QueuePlan, partitions: readonly number[], coordinates: boolean) {
    super(standing);
    this.#plan = plan;
    this.#partitions = partitions;
    this.#publishUs = exponential(usOf(plan.config.time));
    this.#luck = this.world.streams.stream("queue", `${plan.name}/${this.machine.name}`);
    this.#disk = new Durable(brokerDisk(partitions, () => plan.groups.length));
    this.#deliveries = new Deliveries();
    this.#groups = coordinates ? this.#coordinator() : null;
    this.#watchSessions();
  }

  /** Messages waiting, the age of the oldest, dead letters, and deliveries not yet committed. */
  gauges(): readonly number[] {
    let [depth, oldestMs, inFlight] = [0, 0, 0];
    for (const [number, partition] of this.#disk.memory.partitions) {
      depth += depthOf(partition);
      oldestMs = Math.max(oldestMs, this.#oldestMs(partition));
      inFlight += this.#deliveries.inFlight(number, partition);
    }
    return [depth, oldestMs, this.deadLetters, inFlight];
  }

  /** Messages that were delivered too often and put aside. */
  get deadLetters(): number {
    let dead = 0;
    for (const { cursors } of this.#disk.memory.partitions.values()) for (const cursor of cursors) dead += cursor.dead.length;
    return dead;
  }

  /** Messages on its disk, done with or not, those put aside among them. */
  get kept(): number {
    let kept = this.deadLetters;
    for (const { letters } of this.#disk.disk.partitions.values()) kept += letters.length;
    return kept;
  }

  /** Puts the dead letters of its partitions back into their logs, each for the group that gave it up. */
  replay(): void {
    if (this.machine.state !== "up") return;
    for (const [partition, { cursors }] of this.#disk.memory.partitions) {
      cursors.forEach(({ dead }, group) => {
        if (dead.length > 0) this.#write({ type: "replay", partition, group }, null);
      });
    }
  }

  protected costUs(): Us {
    return this.#publishUs.sample(this.#luck);
  }

  protected serve(request: Request): void {
    const number = request.key % this.#plan.config.partitions;
    const partition = this.#disk.memory.partitions.get(number)!;
    if (depthOf(partition) >= this.#plan.policy.bound) {
      this.refuse(request, "queueFull");
      return;
    }
    const { operation, key, argument: value, priority } = request;
    const offset = endOf(partition);
    const letter = { offset, operation, key, value, priority, publishedAtUs: this.world.kernel.nowUs, only: -1 };
    this.reach(operation, STAGE.replicating);
    this.#write({ type: "publish", partition: number, letter }, { type: "publish", request, offset });
  }

  override synced(token: number): void {
    for (const waiting of this.#disk.synced(token)) {
      if (waiting.type === "publish") this.ok(waiting.request, { position: waiting.offset + 1 });
      else if (waiting.type === "deal") this.#groups?.announce(waiting.group);
      else this.tell(waiting.to, { type: "committed", at: waiting.at, offset: waiting.offset } satisfies ToConsumer);
    }
    for (const [number, partition] of this.#disk.disk.partitions) {
      if (endOf(partition) > this.#deliveries.endSeen(number)) this.#feedWaiting(number);
    }
  }

  protected override heard(from: ProcessId, message: unknown): void {
    const said = message as FromConsumer;
    switch (said.type) {
      case "join":
        this.#groups?.joins(from, said.group, said.generation);
        return;
      case "heartbeat":
        this.#groups?.beats(from, said.group, said.generation);
        return;
      case "fetch":
        if (this.#isCurrent(said.at)) this.#deliveries.ask(from, said, this.#life);
        this.#feedWaiting(said.at.partition);
        return;
      case "again":
        if (this.#isCurrent(said.at) && said.at.life === this.#life) this.#again(from, said.at, said.offset);
        return;
      case "commit":
        this.#commits(from, said.at, said.offset);
    }
  }

  protected override due(): void {
    this.#groups?.look();
    this.#watchSessions();
  }

  protected override forget(): void {
    this.#disk.crashed();
    this.#deliveries.forget();
    this.#groups?.forget();
  }

  override restarted(diskLost: boolean): void {
    if (diskLost) {
      this.#disk.lost();
      this.#life = this.world.kernel.nowUs;
    }
    this.#watchSessions();
  }

  get #sessionUs(): Us {
    return usOf(this.#plan.config.sessionTimeout);
  }

  #watchSessions(): void {
    if (this.#groups !== null) this.world.setTimer(this.self, TIMER_SESSIONS, this.#sessionUs / 4);
  }

  #coordinator(): Groups {
    const io = {
      nowUs: () => this.world.kernel.nowUs,
      tell: (member: ProcessId, message: ToConsumer) => this.tell(member, message),
      durableGeneration: (group: number) => this.#disk.disk.generations[group] ?? this.#life,
      keep: (group: number, generation: number) => this.#write({ type: "generation", group, generation }, { type: "deal", group }),
    };
    return new Groups(io, this.#plan.config.partitions, this.#sessionUs);
  }

  #write(change: BrokerChange, waiting: Waiting | null): void {
    this.machine.sync(this.self, this.#disk.write(change, waiting));
  }

  #oldestMs({ letters }: Partition): number {
    const oldest = letters[0];
    return oldest === undefined ? 0 : msOf(this.world.kernel.nowUs - oldest.publishedAtUs);
  }

  /** Turns away holders of an older generation: their partition is in other hands. */
  #isCurrent(at: Place): boolean {
    return this.#partitions.includes(at.partition) && this.#deliveries.holds(at);
  }

  #commits(from: ProcessId, at: Place, offset: number): void {
    if (!this.#isCurrent(at) || at.life !== this.#life) return;
    const { partition, group } = at;
    this.#deliveries.committed(partition, group, offset);
    this.#write({ type: "commit", partition, group, offset }, { type: "commit", to: from, at, offset });
  }

  #again(from: ProcessId, at: Place, offset: number): void {
    const partition = this.#disk.disk.partitions.get(at.partition)!;
    const letter = partition.letters[offset - partition.first];
    if (letter === undefined) return;
    const delivery = this.#deliveries.deliver(letter, at, this.#plan.policy.maxDeliveries);
    if (delivery.dead) this.#bury(at, letter.offset);
    this.tell(from, { type: "redelivery", at, delivery } satisfies ToConsumer);
  }

  /** Answers those who wait for messages of a partition, out of what is durable there. */
  #feedWaiting(number: number): void {
    const partition = this.#disk.disk.partitions.get(number);
    if (partition === undefined) return;
    for (const { to, fetch } of this.#deliveries.takeReady(number, partition)) {
      const at: Place = { ...fetch.at, life: this.#life };
      const from = fetch.from >= 0 && fetch.at.life === this.#life ? fetch.from : cursorOf(partition, at.group).committed;
      const letters = partition.letters.slice(Math.max(0, from - partition.first)).slice(0, fetch.most);
      const own = letters.filter(({ only }) => only === -1 || only === at.group);
      const deliveries = own.map((letter) => this.#deliveries.deliver(letter, at, this.#plan.policy.maxDeliveries));
      for (const { letter, dead } of deliveries) if (dead) this.#bury(at, letter.offset);
      const next = Math.max(from, partition.first) + letters.length;
      const commitFirst = this.#plan.policy.delivery === "atMostOnce";
      this.tell(to, { type: "batch", at, from: fetch.from, next, deliveries, commitFirst } satisfies ToConsumer, 1);
    }
  }

  #bury({ partition, group }: Place, offset: number): void {
    const held = this.#disk.memory.partitions.get(partition)!;
    const letter = held.letters[offset - held.first];
    const known = cursorOf(held, group).dead.some((dead) => dead.offset === offset);
    if (letter !== undefined && !known) this.#write({ type: "bury", partition, group, letter }, null);
  }
}

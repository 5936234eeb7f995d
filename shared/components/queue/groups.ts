import type { Us } from "../../core/time.ts";
import type { ProcessId } from "../../sim/process.ts";
import { createGroup, deal, dropSilent, heartbeat, isReady, join, type Group } from "./coordinator.ts";
import type { ToConsumer } from "./messages.ts";

/** What the coordinator may ask of the broker that it stands on. */
export interface GroupsIo {
  nowUs(): Us;
  tell(member: ProcessId, message: ToConsumer): void;
  /** The newest generation of a group that is durable. */
  durableGeneration(group: number): number;
  /** Makes a generation durable; `Groups.announce` is called when it is. */
  keep(group: number, generation: number): void;
}

/** The coordinator of all consumer groups of a queue, on its first broker. Who takes part lives in memory. */
export class Groups {
  readonly #io: GroupsIo;
  readonly #partitions: number;
  readonly #patienceUs: Us;
  #groups: Group[] = [];

  /** `patienceUs` is how long a member may be silent, or keep the others waiting. */
  constructor(io: GroupsIo, partitions: number, patienceUs: Us) {
    this.#io = io;
    this.#partitions = partitions;
    this.#patienceUs = patienceUs;
  }

  /** A consumer wants to take part. */
  joins(member: ProcessId, index: number, generation: number): void {
    const joining = { member, generation, nowUs: this.#io.nowUs(), patienceUs: this.#patienceUs };
    if (join(this.#group(index), joining) === "assigned") this.#announceTo(member, index);
    else this.#dealWhenReady(index);
  }

  /** A consumer shows that it is alive. */
  beats(member: ProcessId, index: number, generation: number): void {
    const answer = heartbeat(this.#group(index), { member, generation, nowUs: this.#io.nowUs() });
    if (answer === "assigned") this.#announceTo(member, index);
    else this.#io.tell(member, { type: answer, group: index });
  }

  /** Looks after who has fallen silent; to be called a few times within their patience. */
  look(): void {
    this.#groups.forEach((group, index) => {
      dropSilent(group, this.#io.nowUs(), this.#patienceUs);
      this.#dealWhenReady(index);
    });
  }

  /** The newest generation of a group is durable: tells its members what they were dealt. */
  announce(index: number): void {
    for (const member of this.#group(index).dealt.keys()) this.#announceTo(member, index);
  }

  forget(): void {
    this.#groups = [];
  }

  #group(index: number): Group {
    while (this.#groups.length <= index) this.#groups.push(createGroup(this.#io.durableGeneration(this.#groups.length)));
    return this.#groups[index]!;
  }

  #dealWhenReady(index: number): void {
    const group = this.#group(index);
    if (!isReady(group, this.#io.nowUs())) return;
    deal(group, this.#partitions);
    this.#io.keep(index, group.generation);
  }

  /** Nobody learns of a generation that a crash could take back. */
  #announceTo(member: ProcessId, index: number): void {
    const { generation, dealt, preparing } = this.#group(index);
    if (preparing || this.#io.durableGeneration(index) < generation) return;
    this.#io.tell(member, { type: "assigned", group: index, generation, partitions: dealt.get(member) ?? [] });
  }
}

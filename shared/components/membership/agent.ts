import { msOf, type Ms, type Us } from "../../core/time.ts";
import type { Stream } from "../../core/random.ts";
import type {
  DetectorIo,
  DetectorSettings,
  FailureDetector,
  MemberId,
  Opinion,
} from "../../protocols/detectors/detector.ts";
import { FLOW } from "../../sim/flows.ts";
import type { Machine } from "../../sim/machine.ts";
import type { Message } from "../../sim/message.ts";
import { CHANNEL, type Process, type ProcessId } from "../../sim/process.ts";
import type { World } from "../../sim/world.ts";

/** What all agents of one membership share. */
export interface MembershipGroup {
  readonly name: string;
  readonly detector: FailureDetector<unknown, unknown>;
  /** Process of each member, and the machine that it stands on. */
  readonly members: ProcessId[];
  readonly nodes: number[];
  /** A machine with a queue of this many or more is not ready for requests. */
  readonly readyBelow: number;
  settings: DetectorSettings;
}

/** What an agent holds of one member; of itself it knows that it lives. */
export interface MemberView {
  readonly opinion: Opinion;
  /** How long it has held this opinion. */
  readonly forMs: Ms;
  /** Whether the member's queue was short enough when it was last heard: readiness, where the opinion is liveness. */
  readonly isReady: boolean;
}

/** What detectors say, and what each sender tells of itself along with it. */
interface Envelope {
  readonly type: "membership";
  readonly isReady: boolean;
  readonly body: unknown;
}

/** The agent of a membership on one machine: runs the detector, and answers probes with what it holds of the members. */
export class MembershipAgent implements Process, DetectorIo<unknown> {
  readonly #world: World;
  readonly #process: ProcessId;
  readonly #machine: Machine;
  readonly #group: MembershipGroup;
  readonly #luck: Stream;
  readonly self: MemberId;
  readonly members: number;
  readonly #sinceUs: Us[];
  readonly #ready: boolean[];
  #settings: DetectorSettings;
  /** Undefined until the machine is switched on for the first time. */
  #state: unknown;
  /** Suspicions begun, and those taken back because the member was heard again. */
  suspicions = 0;
  takenBack = 0;

  constructor(world: World, process: ProcessId, group: MembershipGroup, self: MemberId) {
    this.#world = world;
    this.#process = process;
    this.#machine = world.machines[group.nodes[self]!]!;
    this.#group = group;
    this.#settings = group.settings;
    this.#luck = world.streams.stream("detector", `${group.name}/${self}`);
    this.self = self;
    this.members = group.nodes.length;
    this.#sinceUs = group.nodes.map(() => 0);
    this.#ready = group.nodes.map(() => true);
  }

  /** Begins once all agents exist; one on a machine that is off begins when it is switched on. */
  begin(): void {
    if (this.#machine.state !== "up") return;
    this.#settings = this.#group.settings;
    this.#sinceUs.fill(this.steadyUs());
    this.#ready.fill(true);
    this.#state = this.#group.detector.start(this, this.#settings);
  }

  /** What it holds of everybody, by member; null before its machine was ever on. */
  view(): MemberView[] | null {
    if (this.#state === undefined) return null;
    return this.#group.nodes.map((_, member) => {
      const isSelf = member === this.self;
      const opinion = isSelf ? "alive" : this.#group.detector.opinion(this.#state, member);
      const isReady = isSelf ? this.isReady() : this.#ready[member]!;
      return { opinion, forMs: msOf(this.steadyUs() - this.#sinceUs[member]!), isReady };
    });
  }

  /** Readiness: the machine could take requests soon. Liveness is that it answers at all. */
  isReady(): boolean {
    return this.#machine.queueDepth < this.#group.readyBelow;
  }

  /** The detector's own state, for tests that look inside. */
  get state(): unknown {
    return this.#state;
  }

  /** How far suspicion of a member has gone, 0 to 1 and above. */
  suspicion(member: MemberId): number {
    return this.#state === undefined ? 0 : this.#group.detector.suspicion(this.#state, this, member);
  }

  receive(from: ProcessId, message: unknown, channel: number): void {
    if (this.#machine.fenced) return;
    this.#catchUp();
    if (channel === CHANNEL.replicas) {
      const { isReady, body } = message as Envelope;
      const sender = this.#group.members.indexOf(from);
      this.#ready[sender] = isReady;
      this.#group.detector.receive(this.#state, this, sender, body);
    } else if ((message as Message).type === "probe") {
      this.#answerProbe(from, (message as { call: number }).call);
    }
  }

  timer(name: number): void {
    this.#catchUp();
    this.#group.detector.timer(this.#state, this, name);
  }

  workDone(): void {}
  synced(): void {}
  crashed(): void {}

  restarted(): void {
    this.begin();
  }

  steadyUs(): Us {
    return this.#world.kernel.nowUs;
  }

  send(to: MemberId, body: unknown): void {
    if (this.#machine.fenced) return;
    const envelope: Envelope = { type: "membership", isReady: this.isReady(), body };
    this.#world.send(this.#process, this.#group.members[to]!, envelope, CHANNEL.replicas, -1, FLOW.none);
  }

  setTimer(name: number, delayUs: Us): void {
    this.#world.setTimer(this.#process, name, delayUs);
  }

  random(): number {
    return this.#luck();
  }

  judged(member: MemberId, opinion: Opinion): void {
    this.#sinceUs[member] = this.steadyUs();
    if (opinion === "suspect") this.suspicions++;
    else if (opinion === "alive") this.takenBack++;
  }

  #answerProbe(from: ProcessId, call: number): void {
    const reply: Message = { type: "probeReply", call, report: this.view() };
    this.#world.send(this.#process, from, reply, CHANNEL.requests, -1, FLOW.none);
  }

  /** Takes over what operators set meanwhile, as soon as it does anything. */
  #catchUp(): void {
    if (this.#settings === this.#group.settings) return;
    this.#settings = this.#group.settings;
    this.#group.detector.configure(this.#state, this, this.#settings);
  }
}

/** Puts an agent on each machine of the group and lets all begin. */
export function addAgents(world: World, group: MembershipGroup): MembershipAgent[] {
  const agents: MembershipAgent[] = [];
  group.nodes.forEach((machine, self) => {
    const process = world.addProcess({ machine }, (id) => {
      const agent = new MembershipAgent(world, id, group, self);
      agents.push(agent);
      return agent;
    });
    group.members.push(process);
  });
  for (const agent of agents) agent.begin();
  return agents;
}

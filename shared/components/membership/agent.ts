import type { Us } from "../../core/time.ts";
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
import type { Message, Probe } from "../../sim/message.ts";
import { CHANNEL, type Process, type ProcessId } from "../../sim/process.ts";
import type { World } from "../../sim/world.ts";

/** What makes a node fit for requests: that its agent answers, or that its queue is short as well. */
export const PROBES = ["liveness", "readiness"] as const;

/** What all agents of one membership share. */
export interface MembershipGroup {
  readonly name: string;
  readonly detector: FailureDetector<unknown, unknown>;
  /** Process of each member, and the machine that it stands on. */
  readonly members: ProcessId[];
  readonly nodes: readonly number[];
  settings: DetectorSettings;
  /** What balancers go by. */
  probe: (typeof PROBES)[number];
  /** A machine with this many requests waiting, or more, is not ready for another. */
  readyBelow: number;
}

/** What an agent tells whoever probes it. */
export interface AgentReport {
  readonly self: MemberId;
  /** Readiness: its machine could take a request soon. Liveness is that it answers at all. */
  readonly isReady: boolean;
  /** What it holds of everybody, by member; of itself that it lives. */
  readonly opinions: readonly Opinion[];
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
  }

  /** Begins once all agents exist; one on a machine that is off begins when it is switched on. */
  begin(): void {
    if (this.#machine.state !== "up") return;
    this.#settings = this.#group.settings;
    this.#state = this.#group.detector.start(this, this.#settings);
  }

  /** What it holds of a member. Before its machine was ever on, it trusts everybody. */
  opinion(member: MemberId): Opinion {
    return member === this.self || this.#state === undefined
      ? "alive"
      : this.#group.detector.opinion(this.#state, member);
  }

  /** Members that it suspects or takes for dead. */
  suspects(): number {
    return this.#group.nodes.filter((_, member) => this.opinion(member) !== "alive").length;
  }

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
      this.#group.detector.receive(this.#state, this, this.#group.members.indexOf(from), message);
    } else if ((message as Message).type === "probe") {
      this.#answerProbe(from, (message as Probe).call);
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
    this.#world.send(this.#process, this.#group.members[to]!, body, CHANNEL.replicas, -1, FLOW.none);
  }

  setTimer(name: number, delayUs: Us): void {
    this.#world.setTimer(this.#process, name, delayUs);
  }

  random(): number {
    return this.#luck();
  }

  judged(_member: MemberId, opinion: Opinion): void {
    if (opinion === "suspect") this.suspicions++;
    else if (opinion === "alive") this.takenBack++;
  }

  #answerProbe(from: ProcessId, call: number): void {
    const opinions = this.#group.nodes.map((_, member) => this.opinion(member));
    const report: AgentReport = { self: this.self, isReady: this.isReady(), opinions };
    this.#world.send(this.#process, from, { type: "probeReply", call, report }, CHANNEL.requests, -1, FLOW.none);
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

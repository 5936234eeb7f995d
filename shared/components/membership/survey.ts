import { FLOW } from "../../sim/flows.ts";
import { CHANNEL, type ProcessId } from "../../sim/process.ts";
import type { World } from "../../sim/world.ts";
import { majority } from "../../protocols/majority.ts";
import type { AgentReport, MembershipGroup } from "./agent.ts";

/** An agent that left so many questions unanswered has nothing to say any more. */
const MISSED_MAX = 3;

interface Heard {
  report: AgentReport | null;
  missed: number;
}

/**
 * What the agents of a membership said when somebody asked them last. Question and answer travel like everything else,
 * so whoever is cut off from the agents knows nothing, and whoever is cut off with some of them believes those.
 */
export class Survey {
  readonly #world: World;
  readonly #asker: ProcessId;
  readonly #group: MembershipGroup;
  readonly #heard: readonly Heard[];

  constructor(world: World, asker: ProcessId, group: MembershipGroup) {
    this.#world = world;
    this.#asker = asker;
    this.#group = group;
    this.#heard = group.nodes.map(() => ({ report: null, missed: 0 }));
  }

  /** True when there is an agent on this node. */
  covers(node: number): boolean {
    return this.#group.nodes.includes(node);
  }

  /** Asks every agent once more. */
  ask(): void {
    this.#group.members.forEach((agent, member) => {
      const heard = this.#heard[member]!;
      if (++heard.missed > MISSED_MAX) heard.report = null;
      this.#world.send(this.#asker, agent, { type: "probe", call: 0 }, CHANNEL.requests, -1, FLOW.none);
    });
  }

  /** Takes an answer in; false when it comes from somebody else. */
  answered(from: ProcessId, report: unknown): boolean {
    const heard = this.#heard[this.#group.members.indexOf(from)];
    if (heard === undefined) return false;
    heard.report = report as AgentReport;
    heard.missed = 0;
    return true;
  }

  /** Whether to send requests to a node: it is not suspected here and, where balancers go by readiness, it is ready. */
  isFit(node: number): boolean {
    return !this.isSuspectedHere(node) && (this.#group.probe === "liveness" || this.isReady(node));
  }

  /** Most of the agents that can be heard from here, that of the node aside, do not trust it. */
  isSuspectedHere(node: number): boolean {
    const { suspecting, heard } = this.#count(node);
    return suspecting * 2 > heard;
  }

  /** A quorum of all agents there are, that of the node aside, does not trust it: no other side can say the same. */
  isSuspectedByQuorum(node: number): boolean {
    return this.#count(node).suspecting >= majority(this.#group.nodes.length - 1);
  }

  /** The node's own agent said that its queue is short; one that is not heard is not known to be overloaded. */
  isReady(node: number): boolean {
    return this.#heard[this.#group.nodes.indexOf(node)]?.report?.isReady ?? true;
  }

  #count(node: number): { suspecting: number; heard: number } {
    const member = this.#group.nodes.indexOf(node);
    let suspecting = 0;
    let heard = 0;
    for (const { report } of this.#heard) {
      if (report === null || report.self === member) continue;
      heard++;
      if (member >= 0 && report.opinions[member] !== "alive") suspecting++;
    }
    return { suspecting, heard };
  }
}

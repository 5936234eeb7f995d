import type { Us } from "../core/time.ts";
import { STAGE } from "../sim/journeys.ts";
import type { Reply } from "../sim/message.ts";
import type { World } from "../sim/world.ts";
import type { Ending } from "../workload/traffic.ts";
import { complaintOf } from "./complaint.ts";
import { shown } from "../core/names.ts";

/** Refusals that say nothing about the node that gave them. */
const OF_NO_NODE: readonly string[] = ["noHealthyNode", "noLeader"];

/** Names the one cause of a loss: the fault behind it when there is one, otherwise the place where it got stuck. */
export class Causes {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** Why a request was refused or got an error for an answer. */
  ofRefusal(reply: Reply): string {
    const complaint = complaintOf(reply);
    const text = OF_NO_NODE.includes(reply.reason) ? complaint : `${this.#nodeName(reply.node)}: ${complaint}`;
    const trouble = this.#troubleAround(reply.node);
    return trouble === "" ? text : `${text} (${trouble})`;
  }

  /** Why a client got no answer before it gave up. */
  ofSilence(operation: number): string {
    const { journeys, machines, network } = this.#world;
    const node = journeys.nodeOf(operation);
    const machine = machines[node];
    const name = this.#nodeName(node);
    switch (journeys.stageOf(operation)) {
      case STAGE.lost: {
        const lane = journeys.laneOf(operation);
        if (lane === null) return "message lost";
        const { from, to } = lane;
        const troubles = [network.lane(from, to), network.asks(from, to), network.answers(from, to)].map((way) => way.trouble);
        return troubles.find((trouble) => trouble !== "") ?? "message lost";
      }
      case STAGE.crashed:
      case STAGE.refusedByDead:
        return machine === undefined || machine.trouble === "" ? `${name}: down` : machine.trouble;
      case STAGE.queued:
        return machine === undefined || machine.trouble === "" ? `${name}: queue too long` : machine.trouble;
      case STAGE.replicating:
        return this.#ofWaiting(node);
      default:
        return this.#ofTravelling(node);
    }
  }

  /** Why an answer came too late: where it spent most of its time. */
  ofLateness({ operation }: Ending, endedAtUs: Us): string {
    const { stage, node } = this.#world.journeys.longestStage(operation, endedAtUs);
    if (stage === STAGE.queued) return this.#world.machines[node]?.trouble || `${this.#nodeName(node)}: queue too long`;
    return stage === STAGE.replicating ? this.#ofWaiting(node) : this.#ofTravelling(node);
  }

  /** Why an answer was wrong: the kind of anomaly, where it was given, and what ailed the place. */
  ofWrongAnswer(anomaly: string, node: number): string {
    const trouble = this.#troubleAround(node);
    return `${anomaly} at ${this.#nodeName(node)}${trouble === "" ? "" : ` (${trouble})`}`;
  }

  #ofWaiting(node: number): string {
    const trouble = this.#troubleAround(node);
    return `${this.#nodeName(node)} waited for other replicas${trouble === "" ? "" : ` (${trouble})`}`;
  }

  #ofTravelling(node: number): string {
    return this.#troubleAround(node) || (node < 0 ? "a long way" : `a long way to and from ${this.#nodeName(node)}`);
  }

  #nodeName(node: number): string {
    const machine = this.#world.machines[node];
    return machine === undefined ? "edge" : shown(machine.name);
  }

  /** Trouble of a machine, or of a lane to or from its zone; of any lane for the edge. */
  #troubleAround(node: number): string {
    const machine = this.#world.machines[node];
    if (machine !== undefined && machine.trouble !== "") return machine.trouble;
    for (const { from, to, trouble } of this.#world.network.lanes()) {
      if (trouble !== "" && (machine === undefined || from === machine.zone || to === machine.zone)) return trouble;
    }
    return "";
  }
}

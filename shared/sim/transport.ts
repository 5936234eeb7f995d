import { usOf, type Us } from "../core/time.ts";
import { FLOW, Flows } from "./flows.ts";
import type { Homes } from "./homes.ts";
import type { Journeys } from "./journeys.ts";
import { EVENT, type Kernel } from "./kernel.ts";
import type { Lane } from "./lane.ts";
import type { Request } from "./message.ts";
import type { MessageWatch } from "./messageWatch.ts";
import type { ProcessId } from "./process.ts";

/** A sender and a channel stand together in one number: processes are below 2²⁰. */
const CHANNEL_BITS = 20;
const CHANNEL_UNIT = 1_048_576;
/** Delay between processes of one machine. */
const LOOPBACK_US: Us = 20;

/** Who sent a message, of the second number of its delivery. */
export function senderOf(fromAndChannel: number): ProcessId {
  return fromAndChannel & (CHANNEL_UNIT - 1);
}

/** The channel of a message, of the second number of its delivery. */
export function channelOf(fromAndChannel: number): number {
  return fromAndChannel >>> CHANNEL_BITS;
}

/** Gives messages to the lanes between their places, and to the kernel until they arrive. */
export class Transport {
  readonly flows = new Flows();
  /** Who looks at every message; null when nobody does, and then it costs nothing. */
  watch: MessageWatch | null = null;
  readonly #kernel: Kernel;
  readonly #homes: Homes;
  readonly #journeys: Journeys;
  /** Last delivery of each ordered connection: by sender, by receiver. */
  readonly #connections: Us[][] = [];

  constructor(kernel: Kernel, homes: Homes, journeys: Journeys) {
    this.#kernel = kernel;
    this.#homes = homes;
    this.#journeys = journeys;
  }

  /** As `World.send`, for two processes that are not both at the edge of one zone. */
  send(from: ProcessId, to: ProcessId, message: unknown, channel: number, operation: number, flow: number, bytes: number): void {
    this.#draw(from, to, flow);
    const fromMachine = this.#homes.machineOf(from);
    const fromAndChannel = from + channel * CHANNEL_UNIT;
    if (fromMachine >= 0 && fromMachine === this.#homes.machineOf(to)) {
      this.#kernel.after(LOOPBACK_US, EVENT.deliver, to, fromAndChannel, message);
      return;
    }
    const lane = this.#homes.lane(from, to);
    const delayUs = lane.carry(bytes, this.#kernel.nowUs);
    if (delayUs < 0) {
      this.#journeys.lose(operation, this.#homes.zoneOf(from), this.#homes.zoneOf(to));
      if (flow !== FLOW.none) this.#draw(from, to, FLOW.lost);
      if (this.watch !== null) this.#tellLost(from, to, channel, message, lane);
      return;
    }
    const againUs = lane.repeat();
    const carried = againUs < 0 ? message : asTwin(message);
    this.#deliver(to, fromAndChannel, carried, this.#kernel.nowUs + whole(delayUs));
    if (againUs >= 0) this.#deliver(to, fromAndChannel, carried, this.#kernel.nowUs + whole(againUs));
  }

  /** As `World.sendInOrder`. */
  sendInOrder(from: ProcessId, to: ProcessId, message: unknown, channel: number, flow: number, bytes: number): void {
    this.#draw(from, to, flow);
    const lane = this.#homes.backbone(from, to);
    const delayUs = lane.carry(bytes, this.#kernel.nowUs);
    if (delayUs < 0) {
      if (flow !== FLOW.none) this.#draw(from, to, FLOW.lost);
      if (this.watch !== null) this.#tellLost(from, to, channel, message, lane);
      return;
    }
    const last = (this.#connections[from] ??= []);
    while (last.length <= to) last.push(0);
    const atUs = Math.max(this.#kernel.nowUs + whole(delayUs), last[to]!);
    last[to] = atUs;
    this.#deliver(to, from + channel * CHANNEL_UNIT, message, atUs);
  }

  #deliver(to: ProcessId, fromAndChannel: number, message: unknown, atUs: Us): void {
    this.#kernel.at(atUs, EVENT.deliver, to, fromAndChannel, message);
    if (this.watch === null) return;
    const [from, channel] = [senderOf(fromAndChannel), channelOf(fromAndChannel)];
    this.watch.sent({ from, to, channel, message, sentAtUs: this.#kernel.nowUs, dueAtUs: atUs, fate: "underWay" });
  }

  #tellLost(from: ProcessId, to: ProcessId, channel: number, message: unknown, { cut, link }: Lane): void {
    const sentAtUs = this.#kernel.nowUs;
    const dueAtUs = sentAtUs + whole(usOf(link.p50Ms));
    this.watch!.sent({ from, to, channel, message, sentAtUs, dueAtUs, fate: cut ? "cut" : "lost" });
  }

  #draw(from: ProcessId, to: ProcessId, flow: number): void {
    if (flow !== FLOW.none) this.flows.count(this.#homes.placeOf(from), this.#homes.placeOf(to), flow);
  }
}

/** A delay as the kernel keeps it: at least one whole microsecond. */
function whole(delayUs: Us): Us {
  return Math.max(1, Math.round(delayUs));
}

/** A message that arrives twice; a request says so. */
function asTwin(message: unknown): unknown {
  const { type } = message as { readonly type?: unknown };
  return type === "request" ? { ...(message as Request), twice: true } : message;
}

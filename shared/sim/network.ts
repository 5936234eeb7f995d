import { logNormal, type Distribution } from "../core/distribution.ts";
import type { RandomStreams, Stream } from "../core/random.ts";
import { usOf, type Ms, type Us } from "../core/time.ts";

/** One-way delay of a link: median and 99th percentile, log-normal between them. */
export interface LinkSetup {
  readonly p50Ms: Ms;
  readonly p99Ms: Ms;
  /** The whole distribution, µs, where two figures do not tell it: measured delays, or those of a paper. */
  readonly delayUs?: Distribution;
}

/** What a fault does to a lane. */
export interface Affliction {
  readonly cut?: boolean;
  /** Share of messages lost, 0 to 1. */
  readonly loss?: number;
  /** Delays are multiplied by this. */
  readonly slowdown?: number;
  /** In words, for the ledger of losses: "partition A | B C". */
  readonly trouble: string;
}

/** One direction of the way between two zones (or within one). Afflictions are kept by fault, so that ends don't mix. */
export class Lane {
  readonly from: number;
  readonly to: number;
  readonly link: LinkSetup;
  readonly delayUs: Distribution;
  readonly luck: Stream;
  readonly lossLuck: Stream;
  readonly #afflictions = new Map<number, Affliction>();
  slowdown = 1;
  loss = 0;
  cut = false;
  /** What is wrong, in words; empty while all is well. */
  trouble = "";

  constructor(from: number, to: number, link: LinkSetup, streams: RandomStreams, plane: string) {
    this.from = from;
    this.to = to;
    this.link = link;
    this.delayUs = link.delayUs ?? logNormal(usOf(link.p50Ms), usOf(link.p99Ms));
    this.luck = streams.stream("latency", `${plane}/${from}>${to}`);
    this.lossLuck = streams.stream("loss", `${plane}/${from}>${to}`);
  }

  afflict(fault: number, affliction: Affliction): void {
    this.#afflictions.set(fault, affliction);
    this.#sumUp();
  }

  relieve(fault: number): void {
    if (this.#afflictions.delete(fault)) this.#sumUp();
  }

  /** A crew mended the link: whatever ailed it is gone. */
  mend(): void {
    this.#afflictions.clear();
    this.#sumUp();
  }

  #sumUp(): void {
    this.slowdown = 1;
    this.cut = false;
    this.trouble = "";
    let kept = 1;
    for (const { cut, loss, slowdown, trouble } of this.#afflictions.values()) {
      this.cut = this.cut || cut === true;
      kept *= 1 - (loss ?? 0);
      this.slowdown *= slowdown ?? 1;
      this.trouble = trouble;
    }
    this.loss = 1 - kept;
  }
}

/**
 * The network between zones, as three planes of lanes, each lane with its own delay, loss, cuts and luck: the backbone
 * among nodes, and the public network by which clients ask nodes and get their answers.
 * Simplified: links do not fill up (no bandwidth limit), and nodes of a zone share its lanes.
 */
export class Network {
  readonly zones: number;
  readonly #backbone: Lane[] = [];
  readonly #asks: Lane[] = [];
  readonly #answers: Lane[] = [];

  constructor(zones: number, linkOf: (from: number, to: number) => LinkSetup, streams: RandomStreams) {
    this.zones = zones;
    for (let from = 0; from < zones; from++) {
      for (let to = 0; to < zones; to++) {
        this.#backbone.push(new Lane(from, to, linkOf(from, to), streams, "backbone"));
        this.#asks.push(new Lane(from, to, linkOf(from, to), streams, "asks"));
        this.#answers.push(new Lane(from, to, linkOf(from, to), streams, "answers"));
      }
    }
  }

  /** Lane among nodes, from one zone to another. */
  lane(from: number, to: number): Lane {
    return this.#backbone[from * this.zones + to]!;
  }

  /** Lane of requests from the clients of a zone to the nodes of another. */
  asks(clients: number, nodes: number): Lane {
    return this.#asks[clients * this.zones + nodes]!;
  }

  /** Lane of answers from the nodes of a zone to the clients of another. */
  answers(nodes: number, clients: number): Lane {
    return this.#answers[nodes * this.zones + clients]!;
  }

  /** All lanes of all planes. */
  *lanes(): IterableIterator<Lane> {
    yield* this.#backbone;
    yield* this.#asks;
    yield* this.#answers;
  }

  /** Delay of the next message on this lane, or −1 when it is lost there. */
  draw(lane: Lane): Us {
    const delayUs = lane.delayUs.sample(lane.luck) * lane.slowdown;
    if (lane.cut) return -1;
    if (lane.loss > 0 && lane.lossLuck() < lane.loss) return -1;
    return delayUs;
  }
}

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

  /** `name` tells its streams of luck from those of other lanes: "asks/0>2". */
  constructor(from: number, to: number, link: LinkSetup, delayUs: Distribution, streams: RandomStreams, name: string) {
    this.from = from;
    this.to = to;
    this.link = link;
    this.delayUs = delayUs;
    this.luck = streams.stream("latency", name);
    this.lossLuck = streams.stream("loss", name);
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
    // Lanes with the same two figures share one table, which takes a while to make.
    const known = new Map<string, Distribution>();
    for (let from = 0; from < zones; from++) {
      for (let to = 0; to < zones; to++) {
        const link = linkOf(from, to);
        const figures = `${link.p50Ms}/${link.p99Ms}`;
        const delayUs = link.delayUs ?? known.get(figures) ?? logNormal(usOf(link.p50Ms), usOf(link.p99Ms));
        if (link.delayUs === undefined) known.set(figures, delayUs);
        const laneOf = (plane: string) => new Lane(from, to, link, delayUs, streams, `${plane}/${from}>${to}`);
        this.#backbone.push(laneOf("backbone"));
        this.#asks.push(laneOf("asks"));
        this.#answers.push(laneOf("answers"));
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

  /** Both directions, on all planes, of the link between two zones. */
  link(a: number, b: number): Lane[] {
    const ways = [
      [a, b],
      [b, a],
    ] as const;
    return ways.flatMap(([from, to]) => [this.lane(from, to), this.asks(from, to), this.answers(from, to)]);
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

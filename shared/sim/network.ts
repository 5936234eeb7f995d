import { logNormal, type Distribution } from "../core/distribution.ts";
import type { RandomStreams, Stream } from "../core/random.ts";
import { usOf, type Ms, type Us } from "../core/time.ts";

/** One-way delay of a link: median and 99th percentile. */
export interface LinkSetup {
  readonly p50Ms: Ms;
  readonly p99Ms: Ms;
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

  constructor(from: number, to: number, link: LinkSetup, streams: RandomStreams) {
    this.from = from;
    this.to = to;
    this.link = link;
    this.delayUs = logNormal(usOf(link.p50Ms), usOf(link.p99Ms));
    this.luck = streams.stream("latency", `${from}>${to}`);
    this.lossLuck = streams.stream("loss", `${from}>${to}`);
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
 * The network between zones: per lane a delay distribution, loss and cuts, each with its own stream of luck.
 * Simplified: links do not fill up (no bandwidth limit), and nodes of a zone share its lanes.
 */
export class Network {
  readonly zones: number;
  readonly #lanes: Lane[] = [];

  constructor(zones: number, linkOf: (from: number, to: number) => LinkSetup, streams: RandomStreams) {
    this.zones = zones;
    for (let from = 0; from < zones; from++) {
      for (let to = 0; to < zones; to++) {
        this.#lanes.push(new Lane(from, to, linkOf(from, to), streams));
      }
    }
  }

  lane(from: number, to: number): Lane {
    return this.#lanes[from * this.zones + to]!;
  }

  lanes(): readonly Lane[] {
    return this.#lanes;
  }

  /** Delay of the next message on this lane, or −1 when it is lost there. */
  draw(lane: Lane): Us {
    const delayUs = lane.delayUs.sample(lane.luck) * lane.slowdown;
    if (lane.cut) return -1;
    if (lane.loss > 0 && lane.lossLuck() < lane.loss) return -1;
    return delayUs;
  }
}

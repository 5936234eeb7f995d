import { constant, logNormal, type Distribution } from "../core/distribution.ts";
import type { RandomStreams, Stream } from "../core/random.ts";
import { usOf, type Ms, type Us } from "../core/time.ts";

/** One-way delay of a link: median and 99th percentile. */
export interface LinkSetup {
  readonly p50Ms: Ms;
  readonly p99Ms: Ms;
}

/** One direction of the way between two zones (or within one). */
export interface Lane {
  readonly from: number;
  readonly to: number;
  readonly link: LinkSetup;
  readonly delayUs: Distribution;
  readonly luck: Stream;
  readonly lossLuck: Stream;
  /** Delays are multiplied by this; 1 is normal. */
  slowdown: number;
  /** Share of messages lost, 0 to 1. */
  loss: number;
  /** Number of faults that cut this lane now; 0 is open. */
  cuts: number;
  /** What is wrong with it, in words for the ledger; empty while all is well. */
  trouble: string;
}

/** What became of a message when it was sent. */
export type Sent = "onItsWay" | "lost" | "cut";

/** Delay between processes of one machine, µs. */
const LOOPBACK_US: Us = 20;

/**
 * The network between zones: per lane a delay distribution, loss and cuts, each with its own stream of luck.
 * Simplified: links do not fill up (no bandwidth limit), and nodes of a zone share its lanes.
 */
export class Network {
  readonly zones: number;
  readonly #lanes: Lane[] = [];
  readonly #loopback: Distribution = constant(LOOPBACK_US);

  constructor(zones: number, linkOf: (from: number, to: number) => LinkSetup, streams: RandomStreams) {
    this.zones = zones;
    for (let from = 0; from < zones; from++) {
      for (let to = 0; to < zones; to++) {
        const link = linkOf(from, to);
        this.#lanes.push({
          from,
          to,
          link,
          delayUs: link.p50Ms === 0 ? this.#loopback : logNormal(usOf(link.p50Ms), usOf(link.p99Ms)),
          luck: streams.stream("latency", `${from}>${to}`),
          lossLuck: streams.stream("loss", `${from}>${to}`),
          slowdown: 1,
          loss: 0,
          cuts: 0,
          trouble: "",
        });
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
    if (lane.cuts > 0) return -1;
    if (lane.loss > 0 && lane.lossLuck() < lane.loss) return -1;
    return delayUs;
  }
}

import { logNormal, type Distribution } from "../core/distribution.ts";
import type { RandomStreams } from "../core/random.ts";
import { usOf } from "../core/time.ts";
import { Lane, type LinkSetup } from "./lane.ts";

/**
 * The network between zones, as three planes of lanes, each lane with its own delay, loss, cuts, width and luck: the
 * backbone among nodes, and the public network by which clients ask nodes and get their answers.
 * Simplified: nodes of a zone share its lanes, and the planes of a link do not share its width.
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

  /** Bytes that nodes have sent to other zones so far: what a provider bills. The public network is others' money. */
  crossZoneBytes(): number {
    return this.#backbone.reduce((sum, { from, to, bytes }) => (from === to ? sum : sum + bytes), 0);
  }
}

import alea from "seedrandom/lib/alea.js";

/** A source of luck: each call gives the next number, uniform in [0, 1). */
export type Stream = () => number;

/**
 * Numbers thrown away at the start of a stream. Alea mixes a name so lightly that three streams whose names differ only in
 * a digit ("replica/0" to "replica/2") land in a pattern with their first four numbers; from the fifth on nothing of it
 * is measurable, and twice four leaves a margin.
 */
const DISCARDED = 8;

/**
 * The luck of a match, split into streams named by purpose and entity ("arrivals/A/0", "latency/A>B"), each with a
 * state of its own. What one team does therefore never changes the arrivals, service times or delays that another team,
 * or the same team's what-if, meets.
 */
export class RandomStreams {
  readonly #seed: string;

  constructor(seed: string) {
    this.#seed = seed;
  }

  /** The stream of this name, from its start. Ask once and keep it: asking twice gives the same numbers again. */
  stream(purpose: string, entity: string): Stream {
    const stream = alea(`${this.#seed}/${purpose}/${entity}`);
    for (let draw = 0; draw < DISCARDED; draw++) stream();
    return stream;
  }
}

/** A whole number from 0 to `below` − 1. */
export function pick(stream: Stream, below: number): number {
  return Math.floor(stream() * below);
}

import alea from "seedrandom/lib/alea.js";

/** A source of luck: each call gives the next number, uniform in [0, 1). */
export type Stream = () => number;

/**
 * The luck of a match, split into streams named by purpose and entity ("arrivals/A/0", "latency/A>B"), each with a
 * state of its own. What one team does therefore never changes the arrivals, service times or delays that another team,
 * or the same team's what-if, meets.
 * Simplified: the first few numbers of streams whose names are alike are a little alike too (the closest two of three
 * are up to 2 points less often within a tenth of each other than chance has it); from about the eighth on they are not.
 */
export class RandomStreams {
  readonly #seed: string;

  constructor(seed: string) {
    this.#seed = seed;
  }

  /** The stream of this name, from its start. Ask once and keep it: asking twice gives the same numbers again. */
  stream(purpose: string, entity: string): Stream {
    return alea(`${this.#seed}/${purpose}/${entity}`);
  }
}

/** A whole number from 0 to `below` − 1. */
export function pick(stream: Stream, below: number): number {
  return Math.floor(stream() * below);
}

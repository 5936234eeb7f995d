/** What a message is drawn as. */
export const FLOW = { none: -1, read: 0, write: 1, retry: 2, refused: 3, lost: 4, replication: 5 } as const;
const KINDS = 6;

/** Counts of one way since they were taken last. */
export interface FlowCount {
  /** Places: zones first (their clients), then machines, see `World.placeOf`. */
  readonly from: number;
  readonly to: number;
  readonly counts: readonly number[];
}

/** Counts messages per way and kind, for drawing. It has no influence on what happens. */
export class Flows {
  #places = 0;
  #counts = new Int32Array(0);
  /** 1 for each way that has counted something. */
  #seen = new Uint8Array(0);
  #touched: number[] = [];

  /** Makes room for this many places; forgets what was counted. */
  resize(places: number): void {
    this.#places = places;
    this.#counts = new Int32Array(places * places * KINDS);
    this.#seen = new Uint8Array(places * places);
    this.#touched = [];
  }

  count(from: number, to: number, kind: number): void {
    const way = from * this.#places + to;
    if (this.#seen[way] === 0) {
      this.#seen[way] = 1;
      this.#touched.push(way);
    }
    this.#counts[way * KINDS + kind]!++;
  }

  /** All ways with traffic since the last call, in order of place, and starts again from 0. */
  take(): FlowCount[] {
    const ways = this.#touched.sort((one, other) => one - other);
    this.#touched = [];
    return ways.map((way) => {
      const counts: number[] = [];
      for (let kind = way * KINDS; kind < (way + 1) * KINDS; kind++) {
        counts.push(this.#counts[kind]!);
        this.#counts[kind] = 0;
      }
      this.#seen[way] = 0;
      return { from: Math.floor(way / this.#places), to: way % this.#places, counts };
    });
  }
}

import type { Stream } from "../core/random.ts";

/** A crowd that looks at a few keys. */
export interface Focus {
  /** Zone whose clients it is, −1: all. */
  readonly zone: number;
  /** Index of the component that they ask. */
  readonly target: number;
  /** Share of their requests, 0 to 1. */
  readonly share: number;
  /** The keys: so many, from the first one on. */
  readonly first: number;
  readonly keys: number;
}

/** What draws the eyes of one source's people, by fault. */
export class Foci {
  readonly #byFault = new Map<number, Focus>();

  /** Null ends what this fault drew them to. */
  set(fault: number, focus: Focus | null): void {
    if (focus === null) this.#byFault.delete(fault);
    else this.#byFault.set(fault, focus);
  }

  get all(): readonly Focus[] {
    return [...this.#byFault.values()];
  }

  /**
   * The key that somebody asks for who by himself would ask for `own`. Where several things draw, the last one has the
   * first look. Two draws of luck for each, whatever comes of them.
   */
  keyFor(own: number, luck: Stream): number {
    let key = own;
    for (const { share, first, keys } of this.#byFault.values()) {
      const drawn = luck() < share;
      const place = Math.floor(luck() * keys);
      if (drawn) key = first + place;
    }
    return key;
  }
}

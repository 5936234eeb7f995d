import { mixed, TakenCalls } from "./takenCalls.ts";

/** Rows lie in pages of this many words, so that more of them never means copying those there are. */
const PAGE_BITS = 18;
const PAGE_WORDS = 1 << PAGE_BITS;
/** The first page begins this small: most searches are over after a few rows. */
const FIRST_WORDS = 256;
/** No more than 256 MB of rows are kept. */
const PAGES_MAX = 256;
/** Words of a row before the bits: its hash and the state. */
const HEAD = 2;

/**
 * The configurations that a search has met: which calls were taken, and the state that they led to. What is remembered of
 * the calls is short however long the history is (takenCalls.ts). All configurations lie in typed arrays, found by open
 * addressing, so that meeting one allocates nothing.
 */
export class SeenConfigurations {
  readonly taken: TakenCalls;
  readonly #pages = [new Int32Array(FIRST_WORDS)];
  /** Where the next row begins, counted over all pages. */
  #end = 0;
  #count = 0;
  /** Where a row begins plus one at each place, 0 where it is free; as many places as a power of two. */
  #places = new Int32Array(64);

  /** `answered` has a 1 for each call with an answer; calls are in the order of their questions. */
  constructor(answered: Uint8Array) {
    this.taken = new TakenCalls(answered);
  }

  /** True when no more configurations can be remembered: a search that goes on might go round in circles for ever. */
  get isFull(): boolean {
    return this.#pages.length > PAGES_MAX;
  }

  /** Adds what is taken now together with a state, unless it was met before; true when it is new. */
  add(state: number): boolean {
    const hash = this.taken.hash ^ mixed(~state);
    const mask = this.#places.length - 1;
    let place = hash & mask;
    for (; this.#places[place] !== 0; place = (place + 1) & mask) {
      if (this.#isAt(this.#places[place]! - 1, state, hash)) return false;
    }
    this.#places[place] = this.#write(state, hash) + 1;
    if (++this.#count * 2 > this.#places.length) this.#spread();
    return true;
  }

  #isAt(row: number, state: number, hash: number): boolean {
    const page = this.#pages[row >> PAGE_BITS]!;
    const from = row & (PAGE_WORDS - 1);
    return page[from] === hash && page[from + 1] === state && this.taken.isWritten(page, from + HEAD);
  }

  #write(state: number, hash: number): number {
    const words = HEAD + this.taken.words;
    const left = PAGE_WORDS - (this.#end & (PAGE_WORDS - 1));
    if (words > left || this.#pages.length === this.#end >> PAGE_BITS) {
      this.#end = this.#pages.length << PAGE_BITS;
      this.#pages.push(new Int32Array(PAGE_WORDS));
    }
    const row = this.#end;
    const from = row & (PAGE_WORDS - 1);
    const page = this.#pageFor(row >> PAGE_BITS, from + words);
    page[from] = hash;
    page[from + 1] = state;
    this.taken.write(page, from + HEAD);
    this.#end += words;
    return row;
  }

  /** A page with room for so many words; the first one grows until it is as long as the others. */
  #pageFor(number: number, words: number): Int32Array {
    const page = this.#pages[number]!;
    if (words <= page.length) return page;
    let length = page.length;
    while (length < words) length *= 2;
    const grown = new Int32Array(length);
    grown.set(page);
    this.#pages[number] = grown;
    return grown;
  }

  /** Doubles the places and puts every row where it belongs now. */
  #spread(): void {
    const rows = this.#places;
    this.#places = new Int32Array(rows.length * 2);
    const mask = this.#places.length - 1;
    for (const row of rows) {
      if (row === 0) continue;
      const hash = this.#pages[(row - 1) >> PAGE_BITS]![(row - 1) & (PAGE_WORDS - 1)]!;
      let place = hash & mask;
      while (this.#places[place] !== 0) place = (place + 1) & mask;
      this.#places[place] = row;
    }
  }
}

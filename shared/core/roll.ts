import { broken } from "./invariant.ts";

/** Places from which on those who are still there after all their neighbours left are kept aside. */
const ROW_MAX = 4_096;
/** Empty places at the front from which on the row is moved up. */
const COMPACT_AT = 512;

/**
 * Things that were given rising numbers and are open for a short while: calls that wait for an answer. Like a Map in the
 * order of insertion, but a row without hashing; the few that stay for long move to a Map of their own.
 */
export class Roll<Item> {
  readonly #aside = new Map<number, Item>();
  #row: (Item | undefined)[] = [];
  /** Number of the first place of the row, and how many places at its front are empty. */
  #first = 0;
  #head = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Adds an item under a number larger than all before. */
  add(number: number, item: Item): void {
    if (this.#row.length === 0) this.#first = number;
    const place = number - this.#first;
    if (place < this.#row.length) broken(`roll: ${number} comes after a larger number`);
    const isEmpty = this.#head === this.#row.length;
    while (this.#row.length < place) this.#row.push(undefined);
    if (isEmpty) this.#head = place;
    this.#row.push(item);
    this.#size++;
    if (this.#row.length - this.#head > ROW_MAX) this.#setAside();
  }

  /** Number of the oldest item; undefined when there is none. */
  get oldest(): number | undefined {
    if (this.#size === 0) return undefined;
    return this.#aside.size > 0 ? this.#aside.keys().next().value : this.#first + this.#head;
  }

  get(number: number): Item | undefined {
    const place = number - this.#first;
    if (place >= this.#head && place < this.#row.length) return this.#row[place];
    return this.#aside.size === 0 ? undefined : this.#aside.get(number);
  }

  /** False when there is nothing under that number. */
  delete(number: number): boolean {
    const place = number - this.#first;
    if (place < this.#head || place >= this.#row.length) {
      if (!this.#aside.delete(number)) return false;
    } else {
      if (this.#row[place] === undefined) return false;
      this.#row[place] = undefined;
      if (place === this.#head) this.#moveUp();
    }
    this.#size--;
    return true;
  }

  clear(): void {
    this.#aside.clear();
    this.#first += this.#row.length;
    this.#row = [];
    this.#head = 0;
    this.#size = 0;
  }

  /** Numbers and items, oldest first; those that it has come past may be deleted meanwhile. */
  *entries(): IterableIterator<[number, Item]> {
    yield* this.#aside;
    for (let number = this.#first + this.#head; number < this.#first + this.#row.length; number++) {
      const item = this.#row[number - this.#first];
      if (item !== undefined) yield [number, item];
    }
  }

  /** Items, oldest first. */
  *values(): IterableIterator<Item> {
    for (const [, item] of this.entries()) yield item;
  }

  #moveUp(): void {
    const row = this.#row;
    while (this.#head < row.length && row[this.#head] === undefined) this.#head++;
    if (this.#head < COMPACT_AT || this.#head * 2 < row.length) return;
    this.#row = row.slice(this.#head);
    this.#first += this.#head;
    this.#head = 0;
  }

  /** Whatever is in the older half of the row has been there for long. */
  #setAside(): void {
    const until = this.#head + ROW_MAX / 2;
    for (let place = this.#head; place < until; place++) {
      const item = this.#row[place];
      if (item !== undefined) this.#aside.set(this.#first + place, item);
      this.#row[place] = undefined;
    }
    this.#moveUp();
  }
}

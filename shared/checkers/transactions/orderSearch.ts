import type { Moment } from "./schedule.ts";

/** Whether there is an order; `unknown` when the time or the steps ran out first. */
export type OrderOutcome = "found" | "none" | "unknown";

/** How many moments may be placed in all before a search gives up, for each moment there is, and at least. */
const STEPS_EACH = 64;
const STEPS_MIN = 200_000;
/** A search that has gone back looks at every moment at each step, so a long history has fewer of them: this many looks. */
const LOOKS_MAX = 20_000_000;

/**
 * Searches for an order of moments in which each read finds the version it saw. A moment may come when all that must come
 * before it have come, its reads fit, and it overwrites no version that somebody has yet to read. What was tried in vain
 * from one set of moments placed and one newest version of each key is not tried again.
 * Source: the search of Biswas & Enea 2019, section 4.3; exponential in the worst case.
 */
export function searchOrder(moments: readonly Moment[], keys: number, expired: () => boolean): OrderOutcome {
  const search = new OrderSearch(moments, keys);
  const stepsMax = Math.max(STEPS_MIN, STEPS_EACH * moments.length);
  const placed: number[] = [];
  const overwritten: (readonly number[])[] = [];
  let candidate = 0;
  let looks = 0;
  for (let steps = 0; placed.length < moments.length; steps++) {
    if (search.hasGoneBack) looks += moments.length;
    if (steps > stepsMax || looks > LOOKS_MAX || ((steps & 0x3ff) === 0 && expired())) return "unknown";
    candidate = search.nextFrom(candidate);
    if (candidate < moments.length) {
      placed.push(candidate);
      overwritten.push(search.place(candidate));
      candidate = search.wasInVain() ? moments.length : search.firstLeft;
      continue;
    }
    const last = placed.pop();
    if (last === undefined) return "none";
    search.noteInVain();
    search.takeBack(last, overwritten.pop()!);
    candidate = last + 1;
  }
  return "found";
}

class OrderSearch {
  readonly #moments: readonly Moment[];
  /** For each moment: how many have yet to come before it, and whether it has come itself. */
  readonly #waitsFor: Int32Array;
  readonly #placed: Uint8Array;
  /** For each key: the node whose version is the newest, and how many hold the key. */
  readonly #newest: Int32Array;
  readonly #holders: Int32Array;
  /** For each key and writer: how many have yet to read that version. */
  readonly #toRead: Map<number, number>[];
  readonly #inVain = new Set<string>();
  /** No moment before this one is left to place. */
  firstLeft = 0;

  constructor(moments: readonly Moment[], keys: number) {
    this.#moments = moments;
    this.#waitsFor = new Int32Array(moments.length);
    this.#placed = new Uint8Array(moments.length);
    this.#newest = new Int32Array(keys).fill(-1);
    this.#holders = new Int32Array(keys);
    this.#toRead = Array.from({ length: keys }, () => new Map<number, number>());
    for (const { before, reads } of moments) {
      for (const later of before) this.#waitsFor[later]!++;
      for (const [key, writer] of reads) this.#toRead[key]!.set(writer, (this.#toRead[key]!.get(writer) ?? 0) + 1);
    }
  }

  /** The first moment from a number on that may come now; as many as there are moments when there is none. */
  nextFrom(first: number): number {
    let candidate = first;
    while (candidate < this.#moments.length && !this.#mayCome(candidate)) candidate++;
    return candidate;
  }

  /** Places a moment; returns whose versions it overwrote. */
  place(candidate: number): number[] {
    const { node, reads, writes, holds } = this.#moments[candidate]!;
    this.#placed[candidate] = 1;
    for (const later of this.#moments[candidate]!.before) this.#waitsFor[later]!--;
    for (const [key, writer] of reads) this.#toRead[key]!.set(writer, this.#toRead[key]!.get(writer)! - 1);
    for (const key of holds) this.#holders[key]!++;
    const overwritten = writes.map((key) => this.#newest[key]!);
    for (const key of writes) this.#newest[key] = node;
    if (this.#endsHold(candidate)) for (const key of writes) this.#holders[key]!--;
    while (this.firstLeft < this.#moments.length && this.#placed[this.firstLeft] === 1) this.firstLeft++;
    return overwritten;
  }

  /** Takes back the moment that was placed last. */
  takeBack(candidate: number, overwritten: readonly number[]): void {
    const { reads, writes, holds } = this.#moments[candidate]!;
    this.#placed[candidate] = 0;
    for (const later of this.#moments[candidate]!.before) this.#waitsFor[later]!++;
    for (const [key, writer] of reads) this.#toRead[key]!.set(writer, this.#toRead[key]!.get(writer)! + 1);
    for (const key of holds) this.#holders[key]!--;
    if (this.#endsHold(candidate)) for (const key of writes) this.#holders[key]!++;
    for (const [place, key] of writes.entries()) this.#newest[key] = overwritten[place]!;
    if (candidate < this.firstLeft) this.firstLeft = candidate;
  }

  /** True once something was tried in vain: from then on each step asks whether it leads there again. */
  get hasGoneBack(): boolean {
    return this.#inVain.size > 0;
  }

  /** True when nothing came of what is placed now before. */
  wasInVain(): boolean {
    return this.#inVain.size > 0 && this.#inVain.has(this.#name());
  }

  noteInVain(): void {
    this.#inVain.add(this.#name());
  }

  #mayCome(candidate: number): boolean {
    if (this.#placed[candidate] === 1 || this.#waitsFor[candidate]! > 0) return false;
    const { reads, writes, holds } = this.#moments[candidate]!;
    const own = this.#endsHold(candidate) ? 1 : 0;
    return (
      reads.every(([key, writer]) => this.#newest[key] === writer) &&
      holds.every((key) => this.#holders[key] === 0) &&
      writes.every((key) => this.#holders[key]! <= own && this.#unread(key, reads) === 0)
    );
  }

  /** How many others have yet to read the newest version of a key. */
  #unread(key: number, reads: Moment["reads"]): number {
    const left = this.#toRead[key]!.get(this.#newest[key]!) ?? 0;
    const own = reads.filter(([read]) => read === key).length;
    return left - own;
  }

  /** True when a moment is the writes of a transaction whose reads hold what it writes. */
  #endsHold(candidate: number): boolean {
    const before = this.#moments[candidate - 1];
    return before !== undefined && before.node === this.#moments[candidate]!.node && before.holds.length > 0;
  }

  #name(): string {
    return `${this.#placed.join("")}:${this.#newest.join(",")}`;
  }
}

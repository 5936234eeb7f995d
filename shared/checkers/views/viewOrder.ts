import type { ViewWrite } from "./viewWrite.ts";

/** What one read of a client saw: the value, the place of the read in the client's line, and its id. */
export interface Sight {
  readonly seen: ViewWrite;
  readonly at: number;
  readonly by: number;
}

/** That what a read saw comes after other writes of the key which had to come before the read. */
export interface Ranking extends Sight {
  readonly earlier: readonly ViewWrite[];
  /** Counted from 0: a ranking follows from those before it. */
  readonly number: number;
}

/** Why there is no order: one of the roots can't come before `later`, because it comes after it. */
export interface Clash {
  readonly roots: readonly ViewWrite[];
  readonly later: ViewWrite;
  /** The read that asks for it; undefined where a cas comes after what it saw. */
  readonly ranking: Ranking | undefined;
}

/** Where somebody's moves may end: nothing that comes after `later` may come before it. */
interface Limit {
  readonly later: ViewWrite;
  /** Filled with what reads that were passed by ask for. */
  readonly wishes: Ranking[];
}

/** How many searches went through the writes so far, over all views. */
export interface Searches {
  begun: number;
}

/** The first read of a key, at this place of the line or after it, and where what it saw was seen first. */
type SightSince = (key: number, at: number) => (Sight & { readonly firstAt: number }) | undefined;

const NO_RANKINGS: readonly Ranking[] = [];

/**
 * The order of writes in the eyes of one client, as far as its reads force it. Every write that the client can know of has
 * a slot: the first place of its line before which the write must stand. A ranking puts writes before another, so they and
 * all that comes before them move to its slot, and reads that the move has passed by rank them too. There is an order if
 * and only if nothing has to come before itself.
 */
export class ViewOrder {
  readonly #session: number;
  readonly #searches: Searches;
  readonly #sightSince: SightSince;
  /** Slot by number of the write; 0: not known here. */
  #slots = new Int32Array(16);
  /** By key: writes known here that no read of the key has ranked yet. */
  readonly #unranked = new Map<number, ViewWrite[]>();
  readonly #rankings = new Map<ViewWrite, Ranking[]>();
  #rankingCount = 0;
  /** What can be taken back: writes that were moved, the slots that they had, what was ranked, and the list set aside. */
  readonly #moved: ViewWrite[] = [];
  readonly #slotsBefore: number[] = [];
  readonly #ranked: ViewWrite[] = [];
  #aside: { readonly key: number; readonly writes: ViewWrite[] } | undefined;

  constructor(session: number, searches: Searches, sightSince: SightSince) {
    this.#session = session;
    this.#searches = searches;
    this.#sightSince = sightSince;
  }

  /** Slot of a write; 0 when the client can't know of it. */
  slotOf({ number }: ViewWrite): number {
    return this.#slots[number] ?? 0;
  }

  /** All rankings that put writes before this one. */
  rankingsOf(write: ViewWrite): readonly Ranking[] {
    return this.#rankings.get(write) ?? NO_RANKINGS;
  }

  /** True when a read of the key would rank nothing new. */
  isRanked(key: number): boolean {
    return (this.#unranked.get(key)?.length ?? 0) === 0;
  }

  /** The writes of a key that are known and wait for a ranking; from now on they count as ranked. */
  takeUnranked(key: number): readonly ViewWrite[] {
    const writes = this.#unranked.get(key) ?? [];
    this.#aside = { key, writes };
    this.#unranked.set(key, []);
    return writes;
  }

  /** All that is known of a key by now is ranked, since it comes before what was just seen anyhow. */
  endRanking(key: number): void {
    this.#unranked.get(key)!.length = 0;
  }

  /** The client comes to know of a write, and of all that comes before it, at a place of its line. */
  learn(write: ViewWrite, at: number): void {
    if (this.slotOf(write) === 0) this.#move([write], at);
  }

  /** A read at `at` saw a value: these writes come before it. */
  rank(sight: Sight, earlier: readonly ViewWrite[]): Clash | undefined {
    return this.#grant([this.#rankingOf(sight, earlier)]);
  }

  /** A cas that is known comes after what it saw. */
  putBefore(saw: ViewWrite, cas: ViewWrite): Clash | undefined {
    const wishes: Ranking[] = [];
    const isClash = this.#move([saw], this.slotOf(cas), { later: cas, wishes });
    return isClash ? { roots: [saw], later: cas, ranking: undefined } : this.#grant(wishes);
  }

  /** From here on nothing is taken back. */
  settle(): void {
    this.#moved.length = 0;
    this.#slotsBefore.length = 0;
    this.#ranked.length = 0;
    this.#aside = undefined;
  }

  /** Takes back all since the last `settle`. */
  takeBack(): void {
    for (let place = this.#moved.length - 1; place >= 0; place--) {
      const { number, key } = this.#moved[place]!;
      const slot = this.#slotsBefore[place]!;
      this.#slots[number] = slot;
      if (slot === 0 && key >= 0 && key !== this.#aside?.key) this.#unranked.get(key)!.pop();
    }
    for (const write of this.#ranked) this.#rankings.get(write)!.pop();
    if (this.#aside !== undefined) {
      const { key, writes } = this.#aside;
      this.#unranked.set(key, writes.filter((write) => this.slotOf(write) > 0));
    }
    this.settle();
  }

  #rankingOf({ seen, at, by }: Sight, earlier: readonly ViewWrite[]): Ranking {
    return { seen, at, by, earlier, number: this.#rankingCount++ };
  }

  /** Puts writes where rankings want them, and what follows from that; a clash when one can't be had. */
  #grant(wishes: Ranking[]): Clash | undefined {
    for (let wish = wishes.pop(); wish !== undefined; wish = wishes.pop()) {
      const { seen: later, earlier: roots } = wish;
      if (later.isInitial) return { roots, later, ranking: wish };
      const rankings = this.#rankings.get(later);
      if (rankings === undefined) this.#rankings.set(later, [wish]);
      else rankings.push(wish);
      this.#ranked.push(later);
      if (this.#move(roots, this.slotOf(later), { later, wishes })) return { roots, later, ranking: wish };
    }
    return undefined;
  }

  /** Moves writes, and all that comes before them, to a slot unless they are before it; true when `later` is among them. */
  #move(roots: readonly ViewWrite[], slot: number, limit?: Limit): boolean {
    const mark = ++this.#searches.begun;
    const left = [...roots];
    for (let write = left.pop(); write !== undefined; write = left.pop()) {
      if (write === limit?.later) return true;
      const was = this.slotOf(write);
      if (write.mark === mark || (was !== 0 && was < slot)) continue;
      write.mark = mark;
      if (write.session === this.#session && limit !== undefined && slot <= write.floor) return true;
      if (was !== slot) this.#place(write, was, slot, limit?.wishes);
      for (const before of write.before) left.push(before);
      for (const { earlier } of this.rankingsOf(write)) for (const before of earlier) left.push(before);
    }
    return false;
  }

  #place(write: ViewWrite, was: number, slot: number, wishes: Ranking[] | undefined): void {
    const { number, key } = write;
    if (number >= this.#slots.length) this.#grow(number);
    this.#slots[number] = slot;
    this.#moved.push(write);
    this.#slotsBefore.push(was);
    if (key < 0) return;
    if (was === 0) {
      const unranked = this.#unranked.get(key);
      if (unranked === undefined) this.#unranked.set(key, [write]);
      else unranked.push(write);
    }
    if (wishes === undefined) return;
    const sight = this.#sightSince(key, slot);
    if (sight === undefined || sight.seen === write || (was !== 0 && was <= sight.firstAt)) return;
    wishes.push(this.#rankingOf(sight, [write]));
  }

  #grow(number: number): void {
    const larger = new Int32Array(Math.max(2 * this.#slots.length, number + 1));
    larger.set(this.#slots);
    this.#slots = larger;
  }
}

import { ViewOrder, type Clash, type Searches, type Sight } from "./viewOrder.ts";
import type { ViewWrite } from "./viewWrite.ts";

/** Reads of one key that saw the same value and ranked nothing new, one after the other: the first place and the last. */
interface Run extends Sight {
  readonly firstAt: number;
  at: number;
  by: number;
}

/** Something of the client's line by which it came to know of a write, and of all that comes before it. */
export interface Learning {
  readonly write: ViewWrite;
  readonly at: number;
  /** Id of the read, or of the client's own write. */
  readonly by: number;
}

/**
 * What one client did and saw, as a line of operations numbered from 1, and the order of all writes that it forces.
 * An answer is judged by `sees`, and then either stays (`settle`) or is taken back as if it had never been given.
 */
export class ClientView {
  readonly session: number;
  readonly order: ViewOrder;
  readonly learnings: Learning[] = [];
  /** Place of the client's newest operation in its line. */
  at = 0;
  readonly #runs = new Map<number, Run[]>();
  /** What `takeBack` needs: the key of the answer that is judged, and how much was learned before. */
  #judged: { readonly key: number; readonly learnings: number } | undefined;

  constructor(session: number, searches: Searches) {
    this.session = session;
    this.order = new ViewOrder(session, searches, (key, at) => this.#sightSince(key, at));
  }

  /** The client's next read: undefined while there is an order, otherwise why there is none. */
  sees(seen: ViewWrite, by: number): Clash | undefined {
    const last = this.#runs.get(seen.key)?.at(-1);
    if (last === undefined || last.seen !== seen || !this.order.isRanked(seen.key)) return this.#judge(seen, by, NOTHING);
    last.at = ++this.at;
    last.by = by;
    return undefined;
  }

  /** The client's next cas, which reads; all that comes before what it writes has to come before it. */
  swaps(seen: ViewWrite, by: number, own: ViewWrite): Clash | undefined {
    return this.#judge(seen, by, own.before);
  }

  /** What the client wrote takes its place in the line: the next one, or that of the cas which has just been judged. */
  wrote(write: ViewWrite, isCas: boolean): void {
    if (!isCas) this.at += 1;
    write.floor = this.at;
    this.learnings.push({ write, at: this.at, by: write.write });
    this.order.learn(write, this.at);
    this.order.settle();
  }

  settle(): void {
    this.order.settle();
    this.#judged = undefined;
  }

  takeBack(): void {
    this.order.takeBack();
    if (this.#judged === undefined) return;
    this.#runs.get(this.#judged.key)!.pop();
    this.learnings.length = this.#judged.learnings;
    this.at -= 1;
    this.#judged = undefined;
  }

  #judge(seen: ViewWrite, by: number, own: readonly ViewWrite[]): Clash | undefined {
    const { order } = this;
    const { key } = seen;
    const sight = { seen, at: ++this.at, by };
    this.#judged = { key, learnings: this.learnings.length };
    let runs = this.#runs.get(key);
    if (runs === undefined) this.#runs.set(key, (runs = []));
    const last = runs.at(-1);
    for (const write of own) this.#learn(write, sight);
    const unranked = order.takeUnranked(key);
    if (!seen.isInitial) this.#learn(seen, sight);
    runs.push({ ...sight, firstAt: sight.at });
    const earlier = unranked.filter((write) => write !== seen);
    if (last !== undefined && last.seen !== seen && !last.seen.isInitial) earlier.push(last.seen);
    const clash = earlier.length > 0 ? order.rank(sight, earlier) : undefined;
    if (clash === undefined) order.endRanking(key);
    return clash;
  }

  #learn(write: ViewWrite, { at, by }: Sight): void {
    if (this.order.slotOf(write) > 0) return;
    this.learnings.push({ write, at, by });
    this.order.learn(write, at);
  }

  #sightSince(key: number, at: number): Run | undefined {
    const runs = this.#runs.get(key);
    if (runs === undefined) return undefined;
    let low = 0;
    let high = runs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (runs[middle]!.at < at) low = middle + 1;
      else high = middle;
    }
    return runs[low];
  }
}

const NOTHING: readonly ViewWrite[] = [];

import { broken, invariant } from "../core/invariant.ts";
import type { Us } from "../core/time.ts";
import { EventSlots, type EventQueue, type Handle } from "./eventQueue.ts";

const LEVELS = 5;
const WIDTH = 256;
const WORDS = WIDTH / 32;
/** Width of a bucket of each wheel, in microseconds. */
const BUCKET_US = [1, 256, 65_536, 16_777_216, 4_294_967_296];
const LOW = 4_294_967_296;

/**
 * A hierarchical timing wheel with a tick of one microsecond: five wheels of 256 buckets, each bucket of a wheel as wide
 * as the whole wheel below it. Scheduling and cancelling are O(1); a bucket of an upper wheel is dealt to the wheels
 * below when time enters it. Within a bucket events keep the order of scheduling, which gives the total order.
 * Bounds: times below 2⁴⁰ µs (12 days).
 * Source: Varghese & Lauck 1987, "Hashed and hierarchical timing wheels", scheme 7.
 */
export class TimingWheel implements EventQueue {
  readonly #slots = new EventSlots();
  readonly #head = new Int32Array(LEVELS * WIDTH).fill(-1);
  readonly #tail = new Int32Array(LEVELS * WIDTH).fill(-1);
  /** One bit per bucket that holds something. */
  readonly #occupied = new Int32Array(LEVELS * WORDS);
  #previous = new Int32Array(this.#slots.capacity);
  #bucket = new Int32Array(this.#slots.capacity);
  #now = 0;

  /** Slot of the event taken last, whose columns are read until the next is taken; at first, of none. */
  #taken = this.#slots.take(0, 0, 0, 0, null);

  size = 0;

  constructor() {
    this.#slots.retire(this.#taken);
  }

  get atUs(): Us {
    return this.#slots.at[this.#taken]!;
  }

  get kind(): number {
    return this.#slots.kind[this.#taken]!;
  }

  get a(): number {
    return this.#slots.a[this.#taken]!;
  }

  get b(): number {
    return this.#slots.b[this.#taken]!;
  }

  get payload(): unknown {
    return this.#slots.payload[this.#taken];
  }

  schedule(atUs: Us, kind: number, a: number, b: number, payload: unknown): Handle {
    if (!(atUs >= this.#now && Number.isInteger(atUs))) broken(`timing wheel: an event for ${atUs} at ${this.#now}`);
    const slot = this.#slots.take(atUs, kind, a, b, payload);
    if (this.#slots.capacity > this.#bucket.length) this.#grow();
    this.#insert(slot, atUs);
    this.size++;
    return this.#slots.handle(slot);
  }

  cancel(handle: Handle): boolean {
    const slot = this.#slots.find(handle);
    if (slot < 0) return false;
    this.#unlink(slot);
    this.#slots.release(slot);
    this.size--;
    return true;
  }

  next(): boolean {
    if (this.size === 0) return false;
    let found = this.#firstFrom(0, this.#now & 255);
    while (found < 0) {
      this.#enterNextBucket();
      found = this.#firstFrom(0, this.#now & 255);
    }
    const slot = this.#head[found]!;
    this.#now = this.#slots.at[slot]!;
    this.#unlink(slot);
    this.#slots.retire(slot);
    this.#slots.free(this.#taken);
    this.#taken = slot;
    this.size--;
    return true;
  }

  /** Moves time to the start of the next occupied bucket of an upper wheel and deals its events to the wheels below. */
  #enterNextBucket(): void {
    for (let level = 1; level < LEVELS; level++) {
      const current = level === 4 ? Math.floor(this.#now / LOW) & 255 : (this.#now >>> (8 * level)) & 255;
      const bucket = this.#firstFrom(level, current + 1);
      if (bucket < 0) continue;
      const index = bucket - level * WIDTH;
      const width = BUCKET_US[level]!;
      const wheel = width * WIDTH;
      this.#now = Math.floor(this.#now / wheel) * wheel + index * width;
      let slot = this.#head[bucket]!;
      this.#head[bucket] = -1;
      this.#tail[bucket] = -1;
      this.#clearBit(bucket);
      while (slot >= 0) {
        const following = this.#slots.next[slot]!;
        this.#insert(slot, this.#slots.at[slot]!);
        slot = following;
      }
      return;
    }
    invariant(false, "timing wheel: an event lies beyond 2^40 microseconds");
  }

  #insert(slot: number, atUs: Us): void {
    const bucket = this.#bucketOf(atUs);
    const last = this.#tail[bucket]!;
    this.#slots.next[slot] = -1;
    this.#previous[slot] = last;
    this.#bucket[slot] = bucket;
    this.#tail[bucket] = slot;
    if (last >= 0) this.#slots.next[last] = slot;
    else {
      this.#head[bucket] = slot;
      this.#occupied[bucket >>> 5]! |= 1 << (bucket & 31);
    }
  }

  /** The wheel is the one whose current turn holds the time; the highest differing bits tell which. */
  #bucketOf(atUs: Us): number {
    if (Math.floor(atUs / LOW) !== Math.floor(this.#now / LOW)) return 4 * WIDTH + (Math.floor(atUs / LOW) & 255);
    const differing = (atUs ^ this.#now) >>> 0;
    if (differing < 256) return atUs & 255;
    if (differing < 65_536) return WIDTH + ((atUs >>> 8) & 255);
    if (differing < 16_777_216) return 2 * WIDTH + ((atUs >>> 16) & 255);
    return 3 * WIDTH + ((atUs >>> 24) & 255);
  }

  #unlink(slot: number): void {
    const bucket = this.#bucket[slot]!;
    const before = this.#previous[slot]!;
    const after = this.#slots.next[slot]!;
    if (before >= 0) this.#slots.next[before] = after;
    else this.#head[bucket] = after;
    if (after >= 0) this.#previous[after] = before;
    else this.#tail[bucket] = before;
    if (this.#head[bucket]! < 0) this.#clearBit(bucket);
  }

  #clearBit(bucket: number): void {
    this.#occupied[bucket >>> 5]! &= ~(1 << (bucket & 31));
  }

  /** First occupied bucket of a wheel at or after an index, or −1. */
  #firstFrom(level: number, index: number): number {
    if (index >= WIDTH) return -1;
    let word = level * WORDS + (index >>> 5);
    let bits = this.#occupied[word]! & (-1 << (index & 31));
    const end = (level + 1) * WORDS;
    while (bits === 0) {
      if (++word === end) return -1;
      bits = this.#occupied[word]!;
    }
    return word * 32 + (31 - Math.clz32(bits & -bits));
  }

  #grow(): void {
    const previous = new Int32Array(this.#slots.capacity);
    previous.set(this.#previous);
    this.#previous = previous;
    const bucket = new Int32Array(this.#slots.capacity);
    bucket.set(this.#bucket);
    this.#bucket = bucket;
  }
}

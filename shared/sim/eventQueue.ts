import type { Us } from "../core/time.ts";

/** Names one scheduled event, once: a handle of an event that fired or was cancelled never names another. */
export type Handle = number;
/** No event: cancelling it does nothing. */
export const NO_HANDLE: Handle = -1;

/**
 * Future events in the total order (time, sequence of scheduling). Events are plain data, never closures: a numeric kind,
 * two whole numbers and one immutable payload. After `next()` the event's fields stand on the queue itself until the next
 * call, so that no object is made per event.
 */
export interface EventQueue {
  readonly size: number;
  readonly atUs: Us;
  readonly kind: number;
  readonly a: number;
  readonly b: number;
  readonly payload: unknown;
  /** `atUs` is a whole number, not before the event taken last. */
  schedule(atUs: Us, kind: number, a: number, b: number, payload: unknown): Handle;
  /** False when the event already fired or was cancelled. */
  cancel(handle: Handle): boolean;
  /** Takes the earliest event; false when there is none. */
  next(): boolean;
}

const SLOTS = 16_777_216;

/**
 * Storage of scheduled events as columns, shared by both queues: a slot per event, reused, with a generation so that an
 * old handle is recognised.
 */
export class EventSlots {
  #capacity = 1_024;
  #free = -1;
  #used = 0;
  at = new Float64Array(this.#capacity);
  kind = new Uint8Array(this.#capacity);
  a = new Int32Array(this.#capacity);
  b = new Int32Array(this.#capacity);
  /** Next slot of the list that this slot is on; also the chain of free slots. */
  next = new Int32Array(this.#capacity);
  /** Even while the slot is free, odd while it holds an event. */
  generation = new Int32Array(this.#capacity);
  payload: unknown[] = [];

  take(atUs: Us, kind: number, a: number, b: number, payload: unknown): number {
    let slot = this.#free;
    if (slot < 0) {
      slot = this.#used++;
      if (slot === this.#capacity) this.#grow();
    } else this.#free = this.next[slot]!;
    this.at[slot] = atUs;
    this.kind[slot] = kind;
    this.a[slot] = a;
    this.b[slot] = b;
    this.payload[slot] = payload;
    this.generation[slot]!++;
    return slot;
  }

  release(slot: number): void {
    this.retire(slot);
    this.free(slot);
  }

  /** No handle names its event any more, but its columns stay as they are until it is free. */
  retire(slot: number): void {
    this.generation[slot]!++;
  }

  free(slot: number): void {
    this.payload[slot] = null;
    this.next[slot] = this.#free;
    this.#free = slot;
  }

  handle(slot: number): Handle {
    return this.generation[slot]! * SLOTS + slot;
  }

  /** The slot of a handle whose event is still to come, or −1. */
  find(handle: Handle): number {
    if (handle < 0) return -1;
    const slot = handle % SLOTS;
    return this.generation[slot] === (handle - slot) / SLOTS ? slot : -1;
  }

  get capacity(): number {
    return this.#capacity;
  }

  #grow(): void {
    this.#capacity *= 2;
    this.at = copyInto(new Float64Array(this.#capacity), this.at);
    this.kind = copyInto(new Uint8Array(this.#capacity), this.kind);
    this.a = copyInto(new Int32Array(this.#capacity), this.a);
    this.b = copyInto(new Int32Array(this.#capacity), this.b);
    this.next = copyInto(new Int32Array(this.#capacity), this.next);
    this.generation = copyInto(new Int32Array(this.#capacity), this.generation);
  }
}

function copyInto<Column extends Float64Array | Uint8Array | Int32Array>(larger: Column, column: Column): Column {
  larger.set(column);
  return larger;
}

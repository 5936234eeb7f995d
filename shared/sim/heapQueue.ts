import FlatQueue from "flatqueue";
import { broken, invariant } from "../core/invariant.ts";
import type { Us } from "../core/time.ts";
import { EventSlots, type EventQueue, type Handle } from "./eventQueue.ts";

/** Room for the sequence beside the time in one exact number: 2²¹ events between renumberings. */
const SEQUENCES = 2_097_152;

/**
 * The plain event queue that the timing wheel is tested against: a binary heap keyed by time and sequence together.
 * A cancelled event stays in the heap until its turn. Bounds: times below 2³² µs (71 minutes), 2 million events at once.
 */
export class HeapQueue implements EventQueue {
  readonly #slots = new EventSlots();
  readonly #heap = new FlatQueue<Handle>();
  #sequence = 0;

  size = 0;
  atUs = 0;
  kind = 0;
  a = 0;
  b = 0;
  payload: unknown = null;

  schedule(atUs: Us, kind: number, a: number, b: number, payload: unknown): Handle {
    if (!(atUs >= this.atUs && Number.isInteger(atUs))) broken(`heap queue: an event for ${atUs} at ${this.atUs}`);
    if (this.#sequence === SEQUENCES) this.#renumber();
    const handle = this.#slots.handle(this.#slots.take(atUs, kind, a, b, payload));
    this.#heap.push(handle, atUs * SEQUENCES + this.#sequence++);
    this.size++;
    return handle;
  }

  cancel(handle: Handle): boolean {
    const slot = this.#slots.find(handle);
    if (slot < 0) return false;
    this.#slots.release(slot);
    this.size--;
    return true;
  }

  next(): boolean {
    if (this.size === 0) return false;
    let slot = -1;
    while (slot < 0) slot = this.#slots.find(this.#heap.pop()!);
    const slots = this.#slots;
    this.atUs = slots.at[slot]!;
    this.kind = slots.kind[slot]!;
    this.a = slots.a[slot]!;
    this.b = slots.b[slot]!;
    this.payload = slots.payload[slot];
    slots.release(slot);
    this.size--;
    return true;
  }

  /** Starts the sequence again from 0, keeping the order of what waits. */
  #renumber(): void {
    const waiting: Handle[] = [];
    while (this.#heap.length > 0) waiting.push(this.#heap.pop()!);
    this.#sequence = 0;
    for (const handle of waiting) {
      const slot = this.#slots.find(handle);
      if (slot >= 0) this.#heap.push(handle, this.#slots.at[slot]! * SEQUENCES + this.#sequence++);
    }
    invariant(this.#sequence < SEQUENCES, "heap queue: more than 2 million events wait at once");
  }
}

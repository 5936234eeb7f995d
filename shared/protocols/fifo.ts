/** First in, first out, as plain data: taking the first moves a mark, not the rest. */
export interface Fifo<Item> {
  items: Item[];
  /** Place of the first item still waiting. */
  head: number;
}

/** From how many taken places on the rest is moved to the front. */
const COMPACT_AT = 256;

/** An empty queue. */
export function createFifo<Item>(): Fifo<Item> {
  return { items: [], head: 0 };
}

/** The item that waits longest, or undefined. */
export function firstOf<Item>(fifo: Fifo<Item>): Item | undefined {
  return fifo.items[fifo.head];
}

/** Takes away the item that waits longest. */
export function dropFirst<Item>(fifo: Fifo<Item>): void {
  fifo.head += 1;
  if (fifo.head === fifo.items.length) {
    fifo.items = [];
    fifo.head = 0;
  } else if (fifo.head >= COMPACT_AT && fifo.head * 2 >= fifo.items.length) {
    fifo.items = fifo.items.slice(fifo.head);
    fifo.head = 0;
  }
}

/** Empties the queue and hands out what still waited, in order. */
export function drainFifo<Item>(fifo: Fifo<Item>): Item[] {
  const waiting = fifo.items.slice(fifo.head);
  fifo.items = [];
  fifo.head = 0;
  return waiting;
}

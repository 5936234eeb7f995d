import type { Write } from "./lines.ts";

/** Writes from which the one that is likeliest to have come first is taken: a binary heap by the middle of their time. */
export class WritesByTime {
  readonly #heap: Write[] = [];

  add(write: Write): void {
    const heap = this.#heap;
    let place = heap.push(write) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (middleUs(heap[parent]!) <= middleUs(write)) break;
      heap[place] = heap[parent]!;
      place = parent;
    }
    heap[place] = write;
  }

  take(): Write | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let place = 0;
    for (let child = 1; child < heap.length; child = 2 * place + 1) {
      if (child + 1 < heap.length && middleUs(heap[child + 1]!) < middleUs(heap[child]!)) child += 1;
      if (middleUs(last) <= middleUs(heap[child]!)) break;
      heap[place] = heap[child]!;
      place = child;
    }
    heap[place] = last;
    return first;
  }
}

function middleUs({ startUs, endUs }: Write): number {
  return (startUs + endUs) / 2;
}

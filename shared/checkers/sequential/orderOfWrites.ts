import type { Operation } from "../../history/operation.ts";
import { linesOf, type Step, type Write } from "./lines.ts";
import { WritesByTime } from "./writesByTime.ts";

/** How often the guess may be put right: each time all that contradicts it is mended at once. */
const MENDINGS_MAX = 100;

/**
 * Guesses one order of all writes and tries whether it explains every answer: each client stands at a place of the order
 * and goes on to where the value that it reads next has just come. The guess is the order of time, as far as the lines of
 * the clients allow. Where a client had gone past a write that replaced what it reads next, the guess is put right: that
 * write comes before what was read, or after the place where the client stands, whichever the clock makes likelier.
 * An order that is found is a proof; finding none proves nothing. Cost: O(n log n) each time the guess is put right.
 */
export function hasOrderOfWrites(operations: readonly Operation[]): boolean {
  const { writes, lines } = linesOf(operations);
  for (let mendings = 0; mendings < MENDINGS_MAX; mendings++) {
    const order = inOrder(writes);
    if (order.length < writes.length) return false;
    const firsts = linkKeys(order);
    const contradictions = lines.filter((line) => contradicts(line, order, firsts)).length;
    if (contradictions === 0) return true;
  }
  return false;
}

/** The writes by time as far as what comes before what allows; fewer than there are when they come back to themselves. */
function inOrder(writes: readonly Write[]): Write[] {
  const waitsFor = new Map<Write, number>(writes.map((write) => [write, 0]));
  for (const { before } of writes) for (const later of before) waitsFor.set(later, waitsFor.get(later)! + 1);
  const ready = new WritesByTime();
  for (const write of writes) if (waitsFor.get(write) === 0) ready.add(write);
  const order: Write[] = [];
  for (let write = ready.take(); write !== undefined; write = ready.take()) {
    write.place = order.push(write) - 1;
    for (const later of write.before) {
      const left = waitsFor.get(later)! - 1;
      waitsFor.set(later, left);
      if (left === 0) ready.add(later);
    }
  }
  return order;
}

/** Links each write to the next of its key; returns the first write of every key. */
function linkKeys(order: readonly Write[]): Map<number, Write> {
  const firsts = new Map<number, Write>();
  const lasts = new Map<number, Write>();
  for (const write of order) {
    const last = lasts.get(write.key);
    if (last === undefined) firsts.set(write.key, write);
    else last.next = write;
    write.next = undefined;
    lasts.set(write.key, write);
  }
  return firsts;
}

/** Follows a client along the order; at the first answer that does not fit, puts the order right and returns true. */
function contradicts(line: readonly Step[], order: readonly Write[], firsts: ReadonlyMap<number, Write>): boolean {
  let at = -1;
  for (const { key, saw, wrote } of line) {
    if (saw !== undefined) {
      if (saw !== null && saw.place > at) at = saw.place;
      // A cas looks just before it writes.
      const until = wrote === undefined ? at : wrote.place - 1;
      const next = saw === null ? firsts.get(key) : saw.next;
      if (next !== undefined && next !== wrote && next.place <= until) {
        putRight(saw, next, wrote ?? order[at]!);
        return true;
      }
    }
    if (wrote !== undefined) at = wrote.place;
  }
  return false;
}

/** A client saw a value and stood at `here`, behind the write that is next: that one comes before what it saw, or after here. */
function putRight(saw: Write | null, next: Write, here: Write): void {
  if (saw !== null && saw.endUs >= next.startUs && !saw.before.has(next)) next.before.add(saw);
  else here.before.add(next);
}

/**
 * Memory of the operations that took place, so that a retry is answered again and not applied twice.
 * Filled in the order of the log, it is the same on every replica at the same index.
 * Source: Ongaro 2014 (dissertation), section 6.3.
 * Simplified: the memory is one table of 16,384 places, an operation stands at its number modulo that, and a later one
 * takes its place: a retry must come within 16,384 later operations (half a minute at 500 a second).
 */
export interface Deduplication {
  readonly operations: number[];
  /** What was answered then: the position of the log, negative where a cas found another value. */
  readonly answers: number[];
  /** The key that it was about, −1 where nobody has to know. */
  readonly keys: number[];
}

const PLACES = 16_384;

/** A memory that has seen nothing. Operations are whole numbers ≥ 0; work without a name of its own, −1, is never remembered. */
export function createDeduplication(): Deduplication {
  return { operations: new Array<number>(PLACES).fill(-1), answers: new Array<number>(PLACES).fill(0), keys: new Array<number>(PLACES).fill(-1) };
}

/** The position at which this operation was answered, negative for a failed cas; 0 when it is not remembered. */
export function recalled(memory: Deduplication, operation: number): number {
  if (operation < 0) return 0;
  const place = operation % PLACES;
  return memory.operations[place] === operation ? (memory.answers[place] ?? 0) : 0;
}

/** Remembers how an operation was answered: `answer` as `recalled` will give it. */
export function remember(memory: Deduplication, operation: number, answer: number, key = -1): void {
  if (operation < 0) return;
  const place = operation % PLACES;
  memory.operations[place] = operation;
  memory.answers[place] = answer;
  memory.keys[place] = key;
}

/** The same memory once more, for a snapshot. */
export function copyDeduplication({ operations, answers, keys }: Readonly<Deduplication>): Deduplication {
  return { operations: operations.slice(), answers: answers.slice(), keys: keys.slice() };
}

/** How many operations are remembered. */
export function rememberedCount({ operations }: Readonly<Deduplication>): number {
  let count = 0;
  for (const operation of operations) if (operation >= 0) count += 1;
  return count;
}

import { recalled, remember, type Deduplication } from "./deduplication.ts";
import type { StoreAnswer } from "./protocol.ts";
import type { Registers } from "./registers.ts";

/**
 * Some keys on their way from one group of replicas to another, as entries in the logs of both: the group that has them
 * surrenders them, and from that entry on no command about them takes effect there; then the other adopts them as they
 * were. Each entry may come any number of times, since a move is done once and a later one has a higher number.
 * Source: Baker et al. 2011, Megastore, section 4; Corbett et al. 2012, Spanner, section 2.2 (movedir): data and the end
 * of the move go through the logs of the groups themselves.
 */
export interface Parcel {
  /** Number of the move, from 1 on; a store never has two moves of one number. */
  readonly move: number;
  readonly way: "surrender" | "adopt";
  readonly keys: readonly number[];
  /** adopt: what it carries; null on the way to surrender. */
  readonly content: ParcelContent | null;
}

/** What goes along with keys. */
export interface ParcelContent {
  /** Value of each key, in the order of `keys`. */
  readonly values: readonly (number | null)[];
  /** Operations on these keys that took place, so that a retry that comes to the new group has no second effect. */
  readonly answered: readonly AnsweredOperation[];
}

/** An operation that took place; `failed`: a cas that found another value. */
export interface AnsweredOperation {
  readonly operation: number;
  readonly key: number;
  readonly failed: boolean;
}

/** Applies the entry at `index`: the keys are given away, or taken in. */
export function applyParcel(registers: Registers, index: number, { move, way, keys, content }: Parcel): StoreAnswer {
  const taken = new Set(keys.filter((key) => Math.abs(registers.moved.get(key) ?? 0) < move));
  keys.forEach((key, place) => {
    if (!taken.has(key)) return;
    registers.moved.set(key, way === "surrender" ? -move : move);
    if (content !== null) registers.values.set(key, content.values[place] ?? null);
  });
  for (const one of content?.answered ?? []) if (taken.has(one.key)) recallHere(registers.answered, index, one);
  return { outcome: "ok", value: null, position: index };
}

/** What there is of these keys; null unless they were surrendered here in this very move. */
export function contentOf(registers: Readonly<Registers>, { move, keys }: Parcel): ParcelContent | null {
  if (keys.some((key) => registers.moved.get(key) !== -move)) return null;
  const wanted = new Set(keys);
  const { operations, answers, keys: about } = registers.answered;
  const answered: AnsweredOperation[] = [];
  for (let place = 0; place < operations.length; place++) {
    if (!wanted.has(about[place]!)) continue;
    answered.push({ operation: operations[place]!, key: about[place]!, failed: answers[place]! < 0 });
  }
  return { values: keys.map((key) => registers.values.get(key) ?? null), answered };
}

/** Rows that a parcel carries: values, and operations that are remembered. */
export function rowsOf({ content }: Parcel): number {
  return content === null ? 0 : content.values.length + content.answered.length;
}

/** As of this entry; it does not push out what was answered here later. */
function recallHere(memory: Deduplication, index: number, { operation, key, failed }: AnsweredOperation): void {
  const place = operation % memory.operations.length;
  if (recalled(memory, operation) === 0 && memory.operations[place]! < operation) {
    remember(memory, operation, failed ? -index : index, key);
  }
}

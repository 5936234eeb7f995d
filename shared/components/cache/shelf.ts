import type { Us } from "../../core/time.ts";
import type { Answer } from "../answer.ts";

/** What a cache holds under one name: an answer of the store, and since when. */
export interface Entry {
  readonly answer: Answer;
  readonly storedAtUs: Us;
}

/**
 * The memory of one instance: the entries in order of use, the one used longest ago first (exact LRU).
 * Source: Mattson et al. 1970, Evaluation techniques for storage hierarchies.
 */
export type Shelf = Map<string, Entry>;

/** The entry of this name, which counts as used; undefined when there is none or it is older than `ttlUs`. */
export function lookUp(shelf: Shelf, name: string, nowUs: Us, ttlUs: Us): Entry | undefined {
  const entry = shelf.get(name);
  if (entry === undefined) return undefined;
  shelf.delete(name);
  if (nowUs - entry.storedAtUs >= ttlUs) return undefined;
  shelf.set(name, entry);
  return entry;
}

/** Puts an entry in; when there are more than `capacity`, the one that was used longest ago goes. */
export function put(shelf: Shelf, name: string, entry: Entry, capacity: number): void {
  shelf.delete(name);
  shelf.set(name, entry);
  if (shelf.size > capacity) shelf.delete(shelf.keys().next().value!);
}

import type { Us } from "../core/time.ts";
import type { WrittenValue } from "./writtenValue.ts";

/** A read of a key: when it began, what it saw, and its id. */
export interface Sighting {
  readonly startUs: Us;
  readonly value: WrittenValue;
  readonly read: number;
}

/**
 * Of all reads of a key that began after a given moment, the one with the newest value: the one shown to have taken
 * effect last. Keeps only the reads that can be the answer: every later one is older than the ones before it, so the
 * row stays short while values move forward.
 */
export class LastWord {
  /** In the order of `startUs`, each value shown earlier than the one before it. */
  readonly #row: Sighting[] = [];

  add(sighting: Sighting): void {
    let place = this.#row.length;
    while (place > 0 && this.#row[place - 1]!.startUs > sighting.startUs) place--;
    const later = this.#row[place];
    if (later !== undefined && later.value.shownAtUs >= sighting.value.shownAtUs) return;
    let from = place;
    while (from > 0 && this.#row[from - 1]!.value.shownAtUs <= sighting.value.shownAtUs) from--;
    this.#row.splice(from, place - from, sighting);
  }

  /** The newest sighting among those that began after a moment. */
  since(us: Us): Sighting | undefined {
    let low = 0;
    let high = this.#row.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#row[middle]!.startUs > us) high = middle;
      else low = middle + 1;
    }
    return this.#row[low];
  }
}

import type { Us } from "../core/time.ts";
import { countBefore } from "./growing.ts";
import type { WrittenValue } from "./writtenValue.ts";

/** Values of one key in the order in which something happened to them, and for each moment the newest so far. */
export class NewestByTime {
  readonly #atUs: Us[] = [];
  readonly #newest: WrittenValue[] = [];

  /** Adds a value at a moment that is not before the moment of the last one added. */
  add(value: WrittenValue, atUs: Us): void {
    const newest = this.#newest.at(-1);
    this.#atUs.push(atUs);
    this.#newest.push(newest !== undefined && newest.startUs >= value.startUs ? newest : value);
  }

  /** The value whose write began last, among those added before a moment. */
  before(us: Us): WrittenValue | undefined {
    return this.#newest[countBefore(this.#atUs, us) - 1];
  }
}

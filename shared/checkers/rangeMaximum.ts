/**
 * A growing row of numbers that answers "where is the largest between here and there?" in logarithmic time:
 * a tournament tree whose inner places hold the position of the larger of their two children.
 */
export class RangeMaximum {
  /** Plain arrays that begin small: there is one of these for every key, and most keys see little. */
  #capacity = 2;
  #values = [-Infinity, -Infinity];
  #winners = [0, 0, 0, 1];
  #length = 0;

  /** How many numbers there are. */
  get length(): number {
    return this.#length;
  }

  /** The number at a position from 0 to length − 1. */
  at(position: number): number {
    return this.#values[position]!;
  }

  /** Adds a number at the end and returns its position. */
  append(value: number): number {
    if (this.#length === this.#capacity) this.#grow();
    const position = this.#length++;
    this.raise(position, value);
    return position;
  }

  /** Makes the number at a position larger; a smaller value changes nothing. */
  raise(position: number, value: number): void {
    if (value <= this.#values[position]!) return;
    this.#values[position] = value;
    let place = (position + this.#capacity) >> 1;
    while (place >= 1) {
      if (value < this.#values[this.#winners[place]!]!) return;
      this.#winners[place] = position;
      place >>= 1;
    }
  }

  /** Position of the largest number among `from <= position < until`; −1 when there is none. */
  largestBetween(from: number, until: number): number {
    let best = -1;
    let low = from + this.#capacity;
    let high = until + this.#capacity;
    while (low < high) {
      if (low & 1) best = this.#larger(best, this.#winners[low++]!);
      if (high & 1) best = this.#larger(best, this.#winners[--high]!);
      low >>= 1;
      high >>= 1;
    }
    return best;
  }

  #larger(best: number, rival: number): number {
    return best < 0 || this.#values[rival]! > this.#values[best]! ? rival : best;
  }

  #grow(): void {
    for (let place = 0; place < this.#capacity; place++) this.#values.push(-Infinity);
    this.#capacity *= 2;
    while (this.#winners.length < this.#capacity * 2) this.#winners.push(0);
    this.#play();
  }

  /** Plays the whole tournament anew: leaves name themselves, every inner place the larger of its children. */
  #play(): void {
    for (let leaf = 0; leaf < this.#capacity; leaf++) this.#winners[leaf + this.#capacity] = leaf;
    for (let place = this.#capacity - 1; place >= 1; place--) {
      this.#winners[place] = this.#larger(this.#winners[2 * place]!, this.#winners[2 * place + 1]!);
    }
  }
}

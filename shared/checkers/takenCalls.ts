/**
 * Which calls of a history a search has taken, as bits, with a hash that one changed bit changes in one step.
 *
 * Calls with an answer are taken nearly in the order of their questions: all up to some, none from some other on, and only
 * between these two is there anything to tell. So what is written of them is that window of words. Calls without an answer
 * may stay open for ever; they have bits of their own, written up to the last one taken.
 */
export class TakenCalls {
  hash = 0;
  /** For each call: its bit among those with an answer, or −1 less its bit among those without. */
  readonly #bit: Int32Array;
  readonly #answered: Int32Array;
  readonly #unanswered: Int32Array;
  /** First word of those with an answer that is not full, and the first of none but empty ones from there on. */
  #first = 0;
  #end = 0;
  /** First word of those without an answer from which on all are empty. */
  #openEnd = 0;

  constructor(answered: Uint8Array) {
    let [withAnswer, without] = [0, 0];
    this.#bit = Int32Array.from(answered, (is) => (is === 1 ? withAnswer++ : -1 - without++));
    this.#answered = new Int32Array((withAnswer >> 5) + 1);
    this.#unanswered = new Int32Array((without >> 5) + 1);
  }

  /** Takes a call, or gives it back. */
  flip(call: number): void {
    this.hash ^= mixed(call + 1);
    const bit = this.#bit[call]!;
    if (bit >= 0) this.#flipAnswered(bit);
    else this.#flipOpen(-1 - bit);
  }

  has(call: number): boolean {
    const bit = this.#bit[call]!;
    const word = bit >= 0 ? this.#answered[bit >> 5]! : this.#unanswered[(-1 - bit) >> 5]!;
    return (word & (1 << ((bit >= 0 ? bit : -1 - bit) & 31))) !== 0;
  }

  /** How many words `write` writes. */
  get words(): number {
    return 3 + this.#window + this.#openEnd;
  }

  /** Writes which calls are taken to a page, from a place on. */
  write(page: Int32Array, from: number): void {
    page[from] = this.#first;
    page[from + 1] = this.#window;
    page[from + 2] = this.#openEnd;
    let at = from + 3;
    for (let word = this.#first; word < this.#end; word++) page[at++] = this.#answered[word]!;
    for (let word = 0; word < this.#openEnd; word++) page[at++] = this.#unanswered[word]!;
  }

  /** True when what is written at a place are the calls that are taken now. */
  isWritten(page: Int32Array, from: number): boolean {
    if (page[from] !== this.#first || page[from + 1] !== this.#window || page[from + 2] !== this.#openEnd) return false;
    let at = from + 3;
    for (let word = this.#first; word < this.#end; word++) if (page[at++] !== this.#answered[word]) return false;
    for (let word = 0; word < this.#openEnd; word++) if (page[at++] !== this.#unanswered[word]) return false;
    return true;
  }

  get #window(): number {
    return this.#end > this.#first ? this.#end - this.#first : 0;
  }

  #flipAnswered(bit: number): void {
    const word = bit >> 5;
    this.#answered[word]! ^= 1 << (bit & 31);
    if (word < this.#first) this.#first = word;
    while (this.#answered[this.#first] === -1) this.#first++;
    if (word >= this.#end) this.#end = word + 1;
    while (this.#end > 0 && this.#answered[this.#end - 1] === 0) this.#end--;
  }

  #flipOpen(bit: number): void {
    const word = bit >> 5;
    this.#unanswered[word]! ^= 1 << (bit & 31);
    if (word >= this.#openEnd) this.#openEnd = word + 1;
    while (this.#openEnd > 0 && this.#unanswered[this.#openEnd - 1] === 0) this.#openEnd--;
  }
}

/** A number whose bits look random, the same for the same number: the finalizer of MurmurHash3. */
export function mixed(number: number): number {
  let bits = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

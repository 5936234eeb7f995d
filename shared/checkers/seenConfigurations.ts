/**
 * The configurations that a search has met: which calls were taken, and the state that they led to. A row of bits for
 * the calls is kept up to date one bit at a time, together with a hash that a changed bit changes in one step. All
 * configurations lie in one typed array, found by open addressing, so that meeting one allocates nothing.
 */
export class SeenConfigurations {
  readonly #words: number;
  readonly #taken: Int32Array;
  #hash = 0;
  /** Rows of: the words of taken bits, the state, the hash. */
  #rows: Int32Array;
  #count = 0;
  /** Row number plus one at each place, 0 where it is free; as many places as a power of two. */
  #places = new Int32Array(64);

  constructor(calls: number) {
    this.#words = (calls + 31) >> 5;
    this.#taken = new Int32Array(this.#words);
    this.#rows = new Int32Array(32 * (this.#words + 2));
  }

  /** Takes a call, or gives it back. */
  flip(call: number): void {
    this.#taken[call >> 5]! ^= 1 << (call & 31);
    this.#hash ^= mixed(call + 1);
  }

  has(call: number): boolean {
    return (this.#taken[call >> 5]! & (1 << (call & 31))) !== 0;
  }

  /** Adds what is taken now together with a state, unless it was met before; true when it is new. */
  add(state: number): boolean {
    const hash = this.#hash ^ mixed(~state);
    const mask = this.#places.length - 1;
    let place = hash & mask;
    for (; this.#places[place] !== 0; place = (place + 1) & mask) {
      if (this.#isAt(this.#places[place]! - 1, state, hash)) return false;
    }
    this.#write(state, hash);
    this.#places[place] = this.#count;
    if (this.#count * 2 > this.#places.length) this.#spread();
    return true;
  }

  #isAt(row: number, state: number, hash: number): boolean {
    const from = row * (this.#words + 2);
    const end = from + this.#words;
    if (this.#rows[end + 1] !== hash || this.#rows[end] !== state) return false;
    for (let word = 0; word < this.#words; word++) {
      if (this.#rows[from + word] !== this.#taken[word]) return false;
    }
    return true;
  }

  #write(state: number, hash: number): void {
    const from = this.#count++ * (this.#words + 2);
    if (from + this.#words + 2 > this.#rows.length) {
      const larger = new Int32Array(this.#rows.length * 2);
      larger.set(this.#rows);
      this.#rows = larger;
    }
    this.#rows.set(this.#taken, from);
    this.#rows[from + this.#words] = state;
    this.#rows[from + this.#words + 1] = hash;
  }

  /** Doubles the places and puts every row where it belongs now. */
  #spread(): void {
    this.#places = new Int32Array(this.#places.length * 2);
    const mask = this.#places.length - 1;
    for (let row = 0; row < this.#count; row++) {
      let place = this.#rows[(row + 1) * (this.#words + 2) - 1]! & mask;
      while (this.#places[place] !== 0) place = (place + 1) & mask;
      this.#places[place] = row + 1;
    }
  }
}

/** A number whose bits look random, the same for the same call: the finalizer of MurmurHash3. */
function mixed(call: number): number {
  let bits = Math.imul(call ^ (call >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

/**
 * The configurations that a search has met: which calls were taken, and the state that they led to. A row of bits for
 * the calls is kept up to date one bit at a time, together with a hash that a changed bit changes in one step.
 */
export class SeenConfigurations<State> {
  readonly #taken: Int32Array;
  #hash = 0;
  readonly #byHash = new Map<number, { readonly taken: Int32Array; readonly state: State }[]>();

  constructor(calls: number) {
    this.#taken = new Int32Array((calls + 31) >> 5);
  }

  /** Takes a call, unless that leads to a configuration met before; true when it was taken. */
  addWith(call: number, state: State): boolean {
    this.#flip(call);
    const met = this.#byHash.get(this.#hash);
    if (met?.some((it) => it.state === state && this.#isTaken(it.taken))) {
      this.#flip(call);
      return false;
    }
    const configuration = { taken: this.#taken.slice(), state };
    if (met === undefined) this.#byHash.set(this.#hash, [configuration]);
    else met.push(configuration);
    return true;
  }

  /** Gives back a call that was taken. */
  without(call: number): void {
    this.#flip(call);
  }

  #flip(call: number): void {
    this.#taken[call >> 5]! ^= 1 << (call & 31);
    this.#hash ^= mixed(call + 1);
  }

  #isTaken(other: Int32Array): boolean {
    return this.#taken.every((word, place) => word === other[place]);
  }
}

/** A number whose bits look random, the same for the same call: the finalizer of MurmurHash3. */
function mixed(call: number): number {
  let bits = Math.imul(call ^ (call >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

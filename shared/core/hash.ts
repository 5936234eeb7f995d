/**
 * A rolling hash over whole numbers: two 32-bit lanes, mixed as in MurmurHash3's finaliser, so that two runs that differ
 * in one event show different hashes from then on. Not cryptographic: it finds bugs, not cheats.
 * Source: Appleby, MurmurHash3, 2011.
 */
export class RollingHash {
  #a = 0x9e3779b9;
  #b = 0x85ebca6b;

  /** Takes in one number; its fraction counts to 1/1024. */
  add(value: number): void {
    const small = value | 0;
    if (small === value) {
      this.#a = mix(this.#a ^ small);
      this.#b = mix(this.#b + (small >> 31) + this.#a);
      return;
    }
    const whole = Math.floor(value);
    const low = whole | 0;
    const high = Math.floor(whole / 4_294_967_296) ^ Math.floor((value - whole) * 1_024);
    this.#a = mix(this.#a ^ low);
    this.#b = mix(this.#b + high + this.#a);
  }

  addText(text: string): void {
    for (let i = 0; i < text.length; i++) this.add(text.charCodeAt(i));
    this.add(text.length);
  }

  /** Sixteen hexadecimal digits. */
  digest(): string {
    return hex(this.#a) + hex(this.#b);
  }
}

/** Takes a whole number to one of 0 to 2³² − 1, near ones far apart; different numbers go to different ones. */
export function scattered(value: number): number {
  return mix(value + 0x9e3779b9) >>> 0;
}

function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function hex(value: number): string {
  return (value >>> 0).toString(16).padStart(8, "0");
}

import { RollingHash } from "../../shared/core/hash.ts";
import { exp, ln, normalQuantile, pow } from "../../shared/core/maths.ts";
import { RandomStreams } from "../../shared/core/random.ts";

const bits = new DataView(new ArrayBuffer(8));

function addBits(hash: RollingHash, value: number): void {
  bits.setFloat64(0, value);
  hash.add(bits.getUint32(0));
  hash.add(bits.getUint32(4));
}

/** Hash over every bit of our own logarithm, exponential, power and normal quantile at `count` places. */
export function mathsDigest(count: number): string {
  const hash = new RollingHash();
  const stream = new RandomStreams("same everywhere").stream("places", "maths");
  for (let i = 0; i < count; i++) {
    const u = stream();
    addBits(hash, ln(u * 1e6 + 1e-9));
    addBits(hash, exp(u * 60 - 30));
    addBits(hash, pow(u * 100, u * 4 - 2));
    addBits(hash, normalQuantile(u));
  }
  return hash.digest();
}

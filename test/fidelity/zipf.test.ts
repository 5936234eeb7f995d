import { describe, expect, test } from "vitest";
import { RandomStreams } from "../../shared/core/random.ts";
import { zipfKeys } from "../../shared/workload/keys.ts";
import { expectAgreement } from "./agreement.ts";
import reference from "./reference/zipf.json" with { type: "json" };

const DRAWS = 1_000_000;

/** How often each key comes up in a million draws, as shares. */
function shares(keys: number, seed: string): Float64Array {
  const stream = new RandomStreams(seed).stream("keys", "zipf");
  const choose = zipfKeys(keys, 0.99);
  const drawn = new Float64Array(keys);
  for (let draw = 0; draw < DRAWS; draw++) drawn[choose(stream, 0)]! += 1 / DRAWS;
  return drawn;
}

describe("keys follow Zipf's law with exponent 0.99", () => {
  test.each(reference.rows)("the top key and the top ten of $keys come as often as they should", (row) => {
    const drawn = shares(row.keys, "zipf");
    const topTen = drawn.slice(0, 10).reduce((sum, share) => sum + share, 0);
    expectAgreement({ what: "top key", reference: row.top, ours: drawn[0]!, allowed: { share: 0.01 } });
    expectAgreement({ what: "top ten", reference: row.topTen, ours: topTen, allowed: { share: 0.01 } });
  });

  test("every rank of a thousand, not only the top, agrees with the law: chi-square over all keys", () => {
    const keys = 1_000;
    const weights = Array.from({ length: keys }, (_, key) => (key + 1) ** -0.99);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const drawn = shares(keys, "ranks");
    const chiSquare = weights.reduce((sum, weight, key) => {
      const expected = (weight / total) * DRAWS;
      return sum + (drawn[key]! * DRAWS - expected) ** 2 / expected;
    }, 0);
    // 999 degrees of freedom: mean 999, standard deviation 44.7; four of them on either side.
    expect(chiSquare).toBeGreaterThan(820);
    expect(chiSquare).toBeLessThan(1_178);
  });
});

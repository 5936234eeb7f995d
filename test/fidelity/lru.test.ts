import { test } from "vitest";
import { expectAgreement } from "./agreement.ts";
import { lruHitRatio } from "./lruRatio.ts";
import reference from "./reference/lru.json" with { type: "json" };

/** Che's approximation, which is good to a few tenths of a point here; more requests run in `lru.long.ts`. */
const some = reference.rows.filter(({ capacity }) => [10, 100, 500].includes(capacity));

test.each(some)("a cache for $capacity of $keys keys answers as many reads as Che says", ({ keys, capacity, che }) => {
  const ours = lruHitRatio({ keys, capacity, exponent: 0.99, requests: 40_000, seed: "lru" });
  expectAgreement({ what: "hit ratio", reference: che, ours, allowed: { amount: 0.01 } });
});

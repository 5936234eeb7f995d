import { afterAll, expect, test } from "vitest";
import { agreementTable, expectAgreement, type Row } from "./agreement.ts";
import { lruHitRatio } from "./lruRatio.ts";
import reference from "./reference/lru.json" with { type: "json" };

const table: Row[] = [];

test.each(reference.rows)("$capacity of $keys keys", ({ keys, capacity, che, simulated }) => {
  const ours = lruHitRatio({ keys, capacity, exponent: 0.99, requests: 1_000_000, seed: "lru" });
  const rows: Row[] = [
    { what: `${capacity} of ${keys}, Che`, reference: che, ours, allowed: { amount: 0.01 } },
    { what: `${capacity} of ${keys}, simulated`, reference: simulated, ours, allowed: { amount: 0.01 } },
  ];
  table.push(...rows);
  rows.forEach(expectAgreement);
});

afterAll(() => {
  expect(table.length).toBeGreaterThan(0);
  process.stdout.write(`\n${agreementTable("Q3, hit ratio", table)}\n`);
});

import { afterAll, expect, test } from "vitest";
import { agreementTable, expectAgreement, type Row } from "./agreement.ts";
import { hedged, slowShare } from "./fanout.ts";
import reference from "./reference/fanout.json" with { type: "json" };

const table: Row[] = [];

function agree(row: Row): void {
  table.push(row);
  expectAgreement(row);
}

test.each(reference.rows)("$calls calls at once", ({ calls, slow }) => {
  agree({
    what: `${calls} calls: slow`,
    reference: slow,
    ours: slowShare(calls, 30_000, "fanout"),
    allowed: { amount: 0.01 },
  });
});

test.each(["one", "two", "three"])("hedging with seed %s", (seed) => {
  const { added } = hedged(true, 100_000, seed);
  agree({ what: "hedging: added", reference: reference.hedging.added, ours: added, allowed: { amount: 0.005 } });
});

afterAll(() => {
  expect(table.length).toBeGreaterThan(0);
  process.stdout.write(`\n${agreementTable("T1, shares of requests", table)}\n`);
});

import { afterAll, expect, test } from "vitest";
import type { BackoffName } from "../../shared/components/service/backoff.ts";
import { agreementTable, expectAgreement, type Row } from "./agreement.ts";
import { meanContest } from "./contention.ts";
import reference from "./reference/backoff.json" with { type: "json" };

const table: Row[] = [];

test.each(reference.rows)("$clients clients with $backoff backoff", ({ clients, backoff, calls }) => {
  const ours = meanContest(clients, backoff as BackoffName, 100);
  const row: Row = {
    what: `${clients} clients, ${backoff}`,
    reference: calls,
    ours: ours.calls,
    allowed: { share: 0.08 },
  };
  table.push(row);
  expectAgreement(row);
});

afterAll(() => {
  expect(table.length).toBeGreaterThan(0);
  process.stdout.write(`\n${agreementTable("M2, calls", table)}\n`);
});

import { afterAll, describe, expect, test } from "vitest";
import { agreementTable, expectAgreement, type Row } from "./agreement.ts";
import { timeInFarm } from "./farm.ts";
import reference from "./reference/powerOfD.json" with { type: "json" };

const rows: Row[] = [];

/** A hundred machines are slower than endlessly many, the more the higher the load. */
function allowed(d: number, load: number): number {
  return d === 1 ? 0.05 : load <= 0.7 ? 0.02 : 0.04;
}

describe("a hundred machines behind a balancer, at every load", () => {
  test.each(reference.rows)("$d choices at load $lam", ({ d, lam, E_T }) => {
    const policy = d === 1 ? "random" : "powerOfTwo";
    const ours = timeInFarm({ machines: 100, policy, load: lam, requests: 2_000_000, seed: "farm" });
    const row: Row = {
      what: `d = ${d} at ${lam}: time in system`,
      reference: E_T,
      ours,
      allowed: { share: allowed(d, lam) },
    };
    rows.push(row);
    expectAgreement(row);
  });
});

afterAll(() => {
  expect(rows.length).toBeGreaterThan(0);
  process.stdout.write(`\n${agreementTable("Q2, in mean service times", rows)}\n`);
});

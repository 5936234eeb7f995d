import { afterAll, describe, expect, test } from "vitest";
import { agreementTable, expectAgreement, type Row } from "./agreement.ts";
import reference from "./reference/swim.json" with { type: "json" };
import { firstDetections, unansweredShare } from "./swimCrashes.ts";

const rows: Row[] = [];

/** Enough probes for a thousand without an answer. */
function probesFor(share: number): number {
  return Math.ceil(1_000 / share);
}

describe("10,000 crashes, one after the other", () => {
  test.each(reference.firstDetection.filter(({ members }) => members <= 50))(
    "in a group of $members",
    ({ members, periods }) => {
      const ours = firstDetections(members, 10_000, "crashes").meanPeriods;
      const row: Row = { what: `${members} members: periods`, reference: periods, ours, allowed: { share: 0.03 } };
      rows.push(row);
      expectAgreement(row);
    },
  );
});

describe("pings of the living over lossy links", () => {
  // At 1 % through three helpers one probe in 820,000 fails: that row would take a thousand million of them.
  test.each(reference.falsePositives.filter(({ P }) => P > 1e-5))("loss $loss, $k helpers", ({ loss, k, P }) => {
    const ours = unansweredShare({ loss, helpers: k, probes: Math.max(40_000, probesFor(P)), seed: "loss" });
    const row: Row = { what: `loss ${loss}, k = ${k}: share`, reference: P, ours, allowed: { share: 0.1 } };
    rows.push(row);
    expectAgreement(row);
  });
});

afterAll(() => {
  expect(rows.length).toBeGreaterThan(0);
  process.stdout.write(`\n${agreementTable("F1", rows)}\n`);
});

import { afterAll, describe, expect, test } from "vitest";
import { agreementTable, expectAgreement, type Row } from "./agreement.ts";
import { runElections } from "./raftElections.ts";
import reference from "./reference/raftElections.json" with { type: "json" };

const seed = "elections";
const ELECTIONS = 20_000;
/** Every row of three and five replicas; larger groups follow the same form, and cost the more. */
const SPLIT = reference.split.filter(({ n }) => n <= 5);
const rows: Row[] = [];

function compare(row: Row): void {
  rows.push(row);
  expectAgreement(row);
}

describe("votes split as often as the closed form says", () => {
  test.each(SPLIT)("$alive of $n alive, a latency of $latency timeouts", ({ n, alive, latency, split }) => {
    const latencyMs = latency * 1_000;
    const ours = runElections({
      replicas: n,
      alive,
      electionTimeoutMs: 1_000,
      latencyMsMin: latencyMs,
      latencyMsMax: latencyMs,
      elections: ELECTIONS,
      seed,
    });
    const what = `${alive} of ${n} at ${latency}: split`;
    compare({ what, reference: split, ours: ours.split, allowed: { amount: 0.01 } });
  });
});

describe("over a wide area nobody leads for as long as simulated elsewhere", () => {
  test.each(reference.leaderless)("$alive of $n alive", ({ n, alive, meanMs, msP50 }) => {
    const setup = { electionTimeoutMs: 300, latencyMsMin: 30, latencyMsMax: 40, elections: ELECTIONS, seed };
    const ours = runElections({ replicas: n, alive, ...setup });
    const allowed = { share: 0.05 };
    compare({ what: `${alive} of ${n}: mean ms`, reference: meanMs, ours: ours.meanMs, allowed });
    compare({ what: `${alive} of ${n}: median ms`, reference: msP50, ours: ours.msP50, allowed });
  });
});

afterAll(() => {
  expect(rows.length).toBeGreaterThan(0);
  process.stdout.write(`\n${agreementTable("R1, shares of elections and ms", rows)}\n`);
});

import { describe, expect, test } from "vitest";
import { expectAgreement } from "./agreement.ts";
import { runElections } from "./raftElections.ts";
import reference from "./reference/raftElections.json" with { type: "json" };

/** A few rows; more of them, and of 20,000 elections each, run in `raftElections.long.ts`. */
const seed = "elections";
const SHORT = ["3 of 2 at 0.1", "5 of 4 at 0.2"];

describe("leaders are elected as theory says", () => {
  test.each(reference.split.filter(({ n, alive, latency }) => SHORT.includes(`${n} of ${alive} at ${latency}`)))(
    "$alive of $n alive, a latency of $latency timeouts: votes split as often",
    ({ n, alive, latency, split }) => {
      const ours = runElections({
        replicas: n,
        alive,
        electionTimeoutMs: 1_000,
        latencyMsMin: latency * 1_000,
        latencyMsMax: latency * 1_000,
        elections: 2_000,
        seed,
      });
      // Three standard errors of so few.
      expectAgreement({ what: "split", reference: split, ours: ours.split, allowed: { amount: 0.027 } });
    },
  );

  test.each(reference.leaderless.filter(({ alive }) => alive < 5))(
    "over a wide area with $alive of $n alive nobody leads for as long",
    ({ n, alive, meanMs }) => {
      const setup = { electionTimeoutMs: 300, latencyMsMin: 30, latencyMsMax: 40, elections: 1_500, seed };
      const ours = runElections({ replicas: n, alive, ...setup });
      expectAgreement({ what: "mean", reference: meanMs, ours: ours.meanMs, allowed: { share: 0.05 } });
    },
  );

  test("the fewer are left to vote, the longer it takes", () => {
    const setup = { replicas: 5, electionTimeoutMs: 300, latencyMsMin: 30, latencyMsMax: 40, elections: 200, seed };
    const [five, four, three] = [5, 4, 3].map((alive) => runElections({ ...setup, alive }).meanMs);
    expect(four).toBeGreaterThan(five!);
    expect(three).toBeGreaterThan(four!);
  });
});

import { expect, test } from "vitest";
import type { BackoffName } from "../../shared/components/service/backoff.ts";
import { expectAgreement } from "./agreement.ts";
import { meanContest } from "./contention.ts";
import reference from "./reference/backoff.json" with { type: "json" };

/** A hundred clients who contend for one row; all numbers of clients run in `backoff.long.ts`. */
const RUNS = 30;
const hundred = reference.rows.filter(({ clients, backoff }) => clients === 100 && backoff !== "none");

test.each(hundred)(
  "a hundred clients with $backoff backoff need as many calls as in Brooker's simulator",
  ({ clients, backoff, calls }) => {
    const ours = meanContest(clients, backoff as BackoffName, RUNS);
    expectAgreement({ what: `calls with ${backoff}`, reference: calls, ours: ours.calls, allowed: { share: 0.08 } });
  },
);

test("jitter more than halves the calls, and the full one needs the fewest", () => {
  const callsOf = new Map(hundred.map(({ backoff }) => [backoff, meanContest(100, backoff as BackoffName, 10).calls]));
  const least = [...callsOf].reduce((one, other) => (other[1] < one[1] ? other : one));
  expect(["full", "equal"]).toContain(least[0]);
  expect(callsOf.get("full")!).toBeLessThan(callsOf.get("exponential")! / 2);
});

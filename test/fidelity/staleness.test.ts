import { describe, expect, test } from "vitest";
import { expectAgreement } from "./agreement.ts";
import type { LatencyModel } from "./latencies.ts";
import { runStaleness } from "./staleness.ts";
import reference from "./reference/staleness.json" with { type: "json" };

/** A few rows of the table; all of them, with their tails, run in `staleness.long.ts`. */
const SHORT = ["LNKD-DISK 1 1", "WAN 2 1"];
const TIMES_MS = [0, 1, 5, 10, 50];

describe("quorums that do not meet are stale as often as measured", () => {
  test.each(reference.rows.filter(({ model, R, W }) => SHORT.includes(`${model} ${R} ${W}`)))(
    "$model with R = $R and W = $W",
    ({ model, R, W, fresh }) => {
      const setup = { model: model as LatencyModel, R, W, trials: 20_000, seed: "wars" };
      const { freshAfter } = runStaleness({ ...setup, readsAfterMs: TIMES_MS });
      TIMES_MS.forEach((ms, place) => {
        const reference = fresh[String(ms) as keyof typeof fresh];
        expectAgreement({
          what: `fresh after ${ms} ms`,
          reference,
          ours: freshAfter[place]!,
          allowed: { amount: 0.01 },
        });
      });
    },
  );

  test.each([
    { model: "LNKD-DISK", R: 2, W: 2 },
    { model: "YMMR", R: 1, W: 3 },
    { model: "WAN", R: 3, W: 1 },
  ] as const)("quorums that meet are never stale: $model with R = $R and W = $W", (setup) => {
    const { freshAfter } = runStaleness({ ...setup, readsAfterMs: [0, 0, 1], trials: 5_000, seed: "wars" });
    expect(freshAfter).toEqual([1, 1, 1]);
  });
});

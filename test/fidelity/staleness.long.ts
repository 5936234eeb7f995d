import { afterAll, describe, expect, test } from "vitest";
import { agreementTable, expectAgreement, type Row } from "./agreement.ts";
import type { LatencyModel } from "./latencies.ts";
import { runStaleness } from "./staleness.ts";
import reference from "./reference/staleness.json" with { type: "json" };

const TIMES_MS = [0, 1, 5, 10, 50];
/** Allowed for t-visibility, and so the times around it at which staleness is looked at. */
const T_SHARE = 0.08;
/** So many that the 99.9th percentiles stand within three standard errors of 5 %; YMMR's tails are the longest. */
const trialsOf = (model: string): number => (model === "YMMR" ? 600_000 : 200_000);
/** The slowest of three heavy tails takes many trials to be known to 5 %; without reads they are cheap. */
const WRITES_OF_ALL = 1_600_000;
const rows: Row[] = [];

function compare(row: Row): void {
  rows.push(row);
  expectAgreement(row);
}

/** Where the share of stale reads, falling exponentially between two times, comes to a thousandth. */
function crossing([beforeMs, afterMs]: readonly [number, number], [before, after]: readonly [number, number]): number {
  const fall = Math.log(before / 0.001) / Math.log(before / after);
  return beforeMs + (afterMs - beforeMs) * fall;
}

describe("partial quorums are as stale and as fast as measured", () => {
  test.each(reference.rows)("$model with R = $R and W = $W", (row) => {
    const { model, R, W, fresh, readMsP999, writeMsP999, tVisibilityMs } = row;
    const name = `${model} R=${R} W=${W}`;
    const around = tVisibilityMs > 0 ? [tVisibilityMs * (1 - T_SHARE), tVisibilityMs * (1 + T_SHARE)] : [];
    const readsAfterMs = [...TIMES_MS, ...around];
    const setup = { model: model as LatencyModel, R, W, seed: "wars" };
    const ours = runStaleness({ ...setup, readsAfterMs, trials: trialsOf(model) });
    const writes = W < 3 ? ours : runStaleness({ ...setup, readsAfterMs: [], trials: WRITES_OF_ALL });

    TIMES_MS.forEach((ms, place) => {
      const expected = fresh[String(ms) as keyof typeof fresh];
      const what = `${name}: fresh after ${ms} ms`;
      compare({ what, reference: expected, ours: ours.freshAfter[place]!, allowed: { amount: 0.01 } });
    });
    const share = 0.05;
    compare({ what: `${name}: p99.9 of reads`, reference: readMsP999, ours: ours.readMsP999, allowed: { share } });
    compare({ what: `${name}: p99.9 of writes`, reference: writeMsP999, ours: writes.writeMsP999, allowed: { share } });
    if (R + W > reference.replicas) expect(ours.freshAfter).toEqual(readsAfterMs.map(() => 1));
    else if (tVisibilityMs === 0) expect(1 - ours.freshAfter[0]!).toBeLessThanOrEqual(0.001);
    else {
      const stale = ours.freshAfter.slice(TIMES_MS.length).map((share) => 1 - share) as [number, number];
      const ms = crossing(around as [number, number], stale);
      compare({ what: `${name}: t-visibility`, reference: tVisibilityMs, ours: ms, allowed: { share: T_SHARE } });
    }
  });
});

afterAll(() => {
  expect(rows.length).toBeGreaterThan(0);
  process.stdout.write(`\n${agreementTable("P1, in ms and shares", rows)}\n`);
});

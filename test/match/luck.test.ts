import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Match } from "../../shared/match/match.ts";
import { wishes } from "./intents.ts";
import { ALL_WEATHERS } from "./level.ts";
import { play } from "./play.ts";

/** What users asked, when and where; for lines with keys of a session's own, the key is the session's affair. */
function asked(match: Match): string[] {
  const own = ALL_WEATHERS.workload.filter(({ keys }) => keys === "own").map(({ to, op }) => `${to} ${op}`);
  return [...match.record.history].map(({ id, component, kind, key, invokedAtUs }) => {
    const what = `${component} ${kind}`;
    return `${invokedAtUs} zone ${match.record.zoneOf(id)}: ${what} ${own.includes(what) ? "own" : key}`;
  });
}

describe("luck is the same for everybody", () => {
  test("users ask the same at the same time, and faults strike at the same time, whatever the crew does", () => {
    const calm = play(ALL_WEATHERS, { seed: "luck", crew: 4 }).match;
    fc.assert(
      fc.property(wishes(ALL_WEATHERS, 4), (plan) => {
        const { match } = play(ALL_WEATHERS, { seed: "luck", crew: 4, wishes: plan });
        expect(match.faults).toEqual(calm.faults);
        expect(asked(match)).toEqual(asked(calm));
      }),
      { seed: 1, numRuns: 6 },
    );
  });

  test("another seed brings other users and other times", () => {
    const one = play(ALL_WEATHERS, { seed: "one" }).match;
    const other = play(ALL_WEATHERS, { seed: "other" }).match;
    expect(asked(other)).not.toEqual(asked(one));
    expect(other.faults[0]!.fromMs).not.toBe(one.faults[0]!.fromMs);
    // A fault with a time of its own comes at that time under every seed.
    expect(other.faults[1]!.fromMs).toBe(one.faults[1]!.fromMs);
  });

  test("requests come as often as the level says: within four standard deviations over many seeds", () => {
    const line = ALL_WEATHERS.workload[0]!;
    const seconds = ALL_WEATHERS.lasts / 1_000;
    let count = 0;
    for (let seed = 0; seed < 4; seed++) {
      const { match } = play(ALL_WEATHERS, { seed: `rate ${seed}` });
      // Zone B is left out: a crowd comes there.
      for (const { id, component, kind } of match.record.history) {
        if (component === line.to && kind === line.op && match.record.zoneOf(id) !== 1) count++;
      }
    }
    const expected = 4 * 2 * line.rate.fromPerSecond * seconds;
    expect(Math.abs(count - expected)).toBeLessThan(4 * Math.sqrt(expected));
  });
});

import { describe, expect, test } from "vitest";
import { policyOf } from "../../shared/match/standardPolicies.ts";
import { advanceWith } from "../../shared/match/policyRun.ts";
import { Match } from "../../shared/match/match.ts";
import { ROLES } from "../../shared/match/roles.ts";
import { readLevel } from "../match/level.ts";
import { replay } from "../match/play.ts";

const LATE_EDITIONS = readLevel("test/levels/03-async.yaml");
const SEEDS = ["1", "2", "3"];

function played(policy: string, seed: string): Match {
  const match = new Match(LATE_EDITIONS, seed, [{ name: policy, roles: ROLES }]);
  advanceWith(match, policyOf(LATE_EDITIONS, policy)!, LATE_EDITIONS.lasts);
  if (!match.over) match.end();
  return match;
}

/** Wrong answers of a component by name. */
function wrong(match: Match, component: string, name: string): number {
  return match.record.wrong.filter((one) => one.component === component && one.anomaly.name === name).length;
}

describe("a shift with queues, workers and derived data", () => {
  test.each(SEEDS)("articles that a bad release could not print get out by a rollback and a replay, seed %s", (seed) => {
    expect(wrong(played("idle", seed), "newsroom", "lostElement")).toBeGreaterThan(5);
    expect(wrong(played("reference", seed), "newsroom", "lostElement")).toBe(0);
  });

  test.each(SEEDS)("goods that a dual write forgot are found once the change feed feeds the index, seed %s", (seed) => {
    expect(wrong(played("idle", seed), "shop", "missingElement")).toBeGreaterThan(10);
    expect(wrong(played("reference", seed), "shop", "missingElement")).toBeLessThan(wrong(played("idle", seed), "shop", "missingElement") / 4);
  });

  test.each(SEEDS)("entries of the bank and films are neither lost nor repeated, seed %s", (seed) => {
    const match = played("idle", seed);
    expect(match.record.wrong.filter(({ component }) => component === "bank" || component === "films")).toEqual([]);
  });

  test("is the same when it is played again from its log", () => {
    const first = played("reference", "again");
    const again = replay(LATE_EDITIONS, "again", 1, first.log);
    expect(again.stateHash()).toBe(first.stateHash());
  });
});

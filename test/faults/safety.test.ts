import { describe, expect, test } from "vitest";
import { readLevel } from "../match/level.ts";
import { play } from "../match/play.ts";

const TROUBLES = readLevel("test/levels/05-troubles.yaml");

describe("a linearizable store", () => {
  test.each([1, 2, 3, 4, 5, 6])("stays linearizable whatever goes wrong, seed %i", (seed) => {
    const { match } = play(TROUBLES, { seed: String(seed) });
    expect(match.record.verdict("ledger").outcome).toBe("valid");
    expect(match.record.ledger.total).toBe(match.record.history.length);
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isRefusal } from "../../shared/core/refusal.ts";
import { parseLevel } from "../../shared/level/parse.ts";
import type { Level } from "../../shared/level/schema.ts";
import { prove } from "../../shared/match/proof.ts";
import { ROOT } from "../importsOf.ts";
import { campaign } from "./campaign.ts";

/**
 * Every row of what the game must contain, as a small level out of the components, faults and verbs that there are:
 * `rows/<row>-<name>.yaml`. A row that a shipped level teaches is proven with that level.
 */
const ROWS = { A: 5, B: 7, C: 8, D: 7, E: 4, F: 7 } as const;

/** Rows without a level, and why. The goal is that there is none. */
const MISSING: Readonly<Record<string, string>> = {
  F1: "who owns what shows with several operators, and a proof is played by one",
  F4: "layers of alerts can be switched, but a policy is not slower for being woken too often",
};

const FOLDER = join(ROOT, "test/levels/rows");

/** Matches of a few hundred milliseconds each; a guard against a hang, not a measure. */
const PROOF_MS = 60_000;

function rowLevels(): Level[] {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith(".yaml"));
  return names.sort().map((name) => {
    const level = parseLevel(readFileSync(join(FOLDER, name), "utf8"), `test/levels/rows/${name}`);
    if (isRefusal(level)) throw new Error(level.sentence);
    return level;
  });
}

const levels = rowLevels();

describe("a level of a row", () => {
  test.each(levels)("$id is won by its reference, and by nobody who has not learned what it teaches", (level) => {
    expect(prove(level, ["1"]).failures).toEqual([]);
  }, PROOF_MS);

  test.each(levels)("$id is named after the row that it teaches", ({ id, teaches }) => {
    expect(teaches).toEqual([id.slice(0, id.indexOf("-")).toUpperCase()]);
  });
});

test("every row has a level, or says why not", () => {
  const rows = Object.entries(ROWS).flatMap(([group, count]) => Array.from({ length: count }, (_, row) => `${group}${row + 1}`));
  const taught = new Set([...levels, ...campaign()].flatMap(({ teaches }) => teaches));
  expect(rows.filter((row) => !taught.has(row)).sort()).toEqual(Object.keys(MISSING).sort());
  for (const reason of Object.values(MISSING)) expect(reason.length).toBeGreaterThan(20);
});

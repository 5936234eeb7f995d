import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isRefusal } from "../../shared/core/refusal.ts";
import { readJsonLines } from "../../shared/history/jsonLines.ts";
import { Match, SIM_VERSION } from "../../shared/match/match.ts";
import { advanceWith } from "../../shared/match/policyRun.ts";
import { ROLES } from "../../shared/match/roles.ts";
import { policyOf } from "../../shared/match/standardPolicies.ts";
import type { MatchFile } from "../../shared/wire/matchFile.ts";
import { ROOT } from "../importsOf.ts";
import { campaign } from "./campaign.ts";

interface Said {
  readonly code: number;
  readonly out: string;
  readonly complaint: string;
}

/** Runs a command of `server/cli` as a person would, and waits for its end. */
function run(name: string, ...options: string[]): Promise<Said> {
  return new Promise((resolve) => {
    const path = join(ROOT, "server/cli", `${name}.ts`);
    const child = execFile(
      process.execPath,
      [path, ...options],
      { cwd: ROOT, maxBuffer: 64_000_000 },
      (_, out, complaint) => {
        resolve({ code: child.exitCode ?? -1, out, complaint });
      },
    );
  });
}

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "split-brain-cli-"))));
afterAll(() => rm(folder, { recursive: true }));

const level = campaign()[3]!;
const SHORT_MS = 20_000;

describe("npm run simulate", () => {
  test("prints score, ledger and state hash, and the same again for the same seed", async () => {
    const options = ["--level", level.id, "--seed", "7", "--until", String(SHORT_MS)];
    const [first, second, other] = await Promise.all([
      run("simulate", ...options),
      run("simulate", ...options),
      run("simulate", ...options, "--seed", "8"),
    ]);
    expect(first).toEqual(second);
    expect(first.code).toBe(0);
    expect(first.out).toMatch(/^Two lamps · seed 7 · reference\nscore \d+\.\d {2}[★☆]{3}/);
    expect(first.out).toMatch(/state hash [0-9a-f]{16}\n$/);
    expect(other.out.split("\n").at(-2)).not.toBe(first.out.split("\n").at(-2));
  });

  test("writes the history that clients saw, one operation a line", async () => {
    const history = join(folder, "history.jsonl");
    const { out } = await run(
      "simulate",
      "--level",
      level.id,
      "--until",
      String(SHORT_MS),
      "--history",
      history,
      "--json",
    );
    const { total, stateHash, ledger } = JSON.parse(out) as { total: number; stateHash: string; ledger: unknown[] };
    const operations = readJsonLines((await readFile(history, "utf8")).split("\n"));
    if (isRefusal(operations)) throw new Error(operations.sentence);
    expect(operations).toHaveLength(total);
    expect(stateHash).toMatch(/^[0-9a-f]{16}$/);
    expect(ledger).toBeInstanceOf(Array);
  });

  test("takes a level by its path", async () => {
    const { code, out } = await run(
      "simulate",
      "--level",
      "levels/01-one-box.yaml",
      "--policy",
      "idle",
      "--until",
      "1000",
    );
    expect([code, out.split("\n")[0]]).toEqual([0, "One box · seed 1 · idle"]);
  });

  test.each([
    [["--level", "17-atlantis"], 'There is no level "17-atlantis"; there are 01-one-box, '],
    [["--level", "nowhere.yaml"], "There is no file nowhere.yaml."],
    [["--level", level.id, "--policy", "prayer"], `${level.id} has no policy "prayer"; there are reference, `],
    [["--level", level.id, "--until", "soon"], '--until must be a whole number from 1 on, not "soon".'],
    [["--level", level.id, "--speed", "9"], "Unknown option '--speed'"],
    [["--level", level.id, "--until", "50", "--history", "/nowhere/history.jsonl"], "The history can't be written: "],
    [[], "Which level? Name it with --level <id or path of a file>."],
    [[level.id], `"${level.id}" is no option: a level is named with --level.`],
  ])("answers %j with one sentence", async (options, sentence) => {
    const { code, out, complaint } = await run("simulate", ...options);
    expect([code, out]).toEqual([2, ""]);
    expect(complaint).toContain(sentence);
    expect(complaint.trim()).not.toContain("\n");
  });
});

/** A match file as the server writes it: a short match in which the first order is to fence Oak, at 10 s. */
function recorded(): MatchFile {
  const crew = [{ name: "Ana", roles: [...ROLES] }];
  const match = new Match(level, "tide", crew);
  advanceWith(match, [], 10_000);
  match.intend(0, { verb: "fence", node: "oak", fenced: true });
  advanceWith(match, policyOf(level, "reference")!, SHORT_MS);
  match.end();
  return {
    format: "split-brain-match/1",
    simVersion: SIM_VERSION,
    level: { id: level.id, version: level.version },
    seed: "tide",
    crew,
    ticks: match.tick,
    log: [...match.log],
    marks: [...match.marks],
    hash: match.stateHash(),
    score: match.debrief().score,
  };
}

describe("npm run replay", () => {
  const file = recorded();

  async function replayed(change: object, ...options: string[]): Promise<Said> {
    const path = join(folder, "match.json");
    await writeFile(path, JSON.stringify({ ...file, ...change }));
    return run("replay", path, ...options);
  }

  test("plays a recorded match again and finds it the same, to the bit", async () => {
    const { code, out } = await replayed({});
    expect(out).toContain(`The same match, to the bit: score ${file.score}, state hash ${file.hash}.`);
    expect(code).toBe(0);
  });

  test("says that a match diverges when an order is missing from its log", async () => {
    const { code, out } = await replayed({ log: file.log.slice(1) });
    expect(code).toBe(1);
    expect(out).toContain("The replay diverges.");
    expect(out).toContain(`recorded  score ${file.score}  state hash ${file.hash}`);
  });

  test("names the marks between which they part", async () => {
    const { code, out } = await replayed({ log: file.log.map((entry) => ({ ...entry, tick: entry.tick + 3 })) });
    expect(code).toBe(1);
    expect(out).toContain("They are the same up to tick 200 (0:10) and have parted by tick 400 (0:20).");
  });

  test("reads a file from before there were marks, and says by when they had parted if an order is refused now", async () => {
    expect((await replayed({ marks: undefined })).code).toBe(0);
    const again = { ...file.log[0]!, tick: file.log[0]!.tick + 100 };
    const { code, out } = await replayed({
      marks: undefined,
      log: [file.log[0]!, again, ...file.log.slice(1)].sort((a, b) => a.tick - b.tick),
    });
    expect(code).toBe(1);
    expect(out).toContain(
      `They part before tick ${again.tick} (0:15): "fence", allowed then, is refused now: Oak is already fenced.`,
    );
  });

  test("tells a changed score from a changed match", async () => {
    const { code, out } = await replayed({ score: 1_000.5 }, "--json");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      same: false,
      recorded: { score: 1_000.5 },
      divergence: expect.stringContaining("Every event is the same") as string,
    });
  });

  test.each([
    [{ format: "chess/1" }, "is no match file"],
    [{ simVersion: SIM_VERSION + 1 }, "only the same version plays the same match"],
    [{ level: { id: level.id, version: level.version + 1 } }, `and this is version ${level.version}.`],
    [{ level: { id: "17-atlantis", version: 1 } }, 'There is no level "17-atlantis"'],
    [{ log: [file.log[0]!, { ...file.log[0]!, tick: 1 }] }, "goes back in time, to tick 1."],
    [{ log: [{ ...file.log[0]!, operator: 3 }] }, "is by operator 3, who has no seat."],
    [{ ticks: 9_999_999 }, "is over after"],
  ])("refuses a file with %j in one sentence", async (change, sentence) => {
    const { code, out, complaint } = await replayed(change);
    expect([code, out]).toEqual([2, ""]);
    expect(complaint).toContain(sentence);
    expect(complaint.trim()).not.toContain("\n");
  });

  test("refuses what is no JSON, what is not there, and no file at all", async () => {
    const path = join(folder, "scribble.json");
    await writeFile(path, "not a match");
    const said = await Promise.all([run("replay", path), run("replay", "nowhere.json"), run("replay")]);
    expect(said.map(({ code }) => code)).toEqual([2, 2, 2]);
    expect(said.map(({ complaint }) => complaint.trim())).toEqual([
      `${path} is no match file: it is not JSON.`,
      "There is no file nowhere.json.",
      "Name one match file: npm run replay -- <match file>.",
    ]);
  });
});

describe("npm run levels", () => {
  test("prints the table of a level and says that its gates hold", async () => {
    const { code, out } = await run("levels", "--level", "01-one-box", "--seeds", "1");
    expect(out).toMatch(/^01-one-box +stars +availability +correctness +spent +score\n/);
    expect(out).toMatch(/\nreference +★ 1\/1 ★ 1\/1 ★ 1\/1 /);
    expect(out.trim().split("\n").at(-1)).toBe("All gates hold: 1 level, 1 seed.");
    expect(code).toBe(0);
  });

  test("fails with a sentence for each gate that does not hold", async () => {
    const path = join(folder, "01-generous.yaml");
    const text = await readFile(join(ROOT, "levels/01-one-box.yaml"), "utf8");
    await writeFile(path, text.replace(/slo: .*/, "slo: { availability: 1%, correctness: 1% }"));
    const { code, out } = await run("levels", "--level", path, "--seeds", "1", "--json");
    expect(code).toBe(1);
    const [proof] = JSON.parse(out) as {
      failures: string[];
      rows: { policy: string; runs: { seed: string; stars: boolean[] }[] }[];
    }[];
    expect(proof!.failures).toContain("01-generous: idle must lose, and wins three stars on seed 1");
    expect(proof!.rows[0]).toMatchObject({ policy: "reference", runs: [{ seed: "1", stars: [true, true, true] }] });
  });

  test("wants at least one seed", async () => {
    expect(await run("levels", "--seeds", "0")).toEqual({
      code: 2,
      out: "",
      complaint: '--seeds must be a whole number from 1 on, not "0".\n',
    });
  });
});

test("node server/cli/schema.ts --check finds the schema of the levels as it was generated", async () => {
  expect(await run("schema", "--check")).toEqual({ code: 0, out: "", complaint: "" });
});

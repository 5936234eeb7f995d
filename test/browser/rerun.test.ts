import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Recording } from "../../client/rerun/asks.ts";
import { filming, judgedOf } from "../../client/rerun/filming.ts";
import { filmOf } from "../../client/session/film.ts";
import { findLevel } from "../../server/cli/commandLine.ts";
import { EvidenceRecorder } from "../../shared/match/evidence/evidenceRecorder.ts";
import { WhatIf } from "../../shared/match/whatIf.ts";
import { Reel } from "../../shared/wire/film.ts";
import type { MatchFile } from "../../shared/wire/matchFile.ts";
import { matchFileBy } from "../cli/playedMatch.ts";
import { ROOT } from "../importsOf.ts";
import { Chromium, type Visitor } from "./chromium.ts";
import { keepMatch } from "./keptMatch.ts";
import { openPlayhouse, type Playhouse } from "./playhouse.ts";
import type { There } from "./rerun/page.ts";

const LEVEL = "test/levels/01-short-cut.yaml";

let folder: string;
let house: Playhouse;
let browser: Chromium;
let visitor: Visitor;
let file: MatchFile;
let recording: Recording;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "split-brain-page-"));
  await build({
    configFile: false,
    root: join(import.meta.dirname, "rerun"),
    logLevel: "warn",
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: "es2023",
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { checks: { pluginTimings: false } },
    },
  });
  house = await openPlayhouse({ levels: "test/levels", speed: 1, client: folder });
  browser = await Chromium.launch();
  visitor = await browser.visit(house.address);
  file = await matchFileBy(LEVEL, { policy: "reference" });
  recording = { file, levelText: await readFile(join(ROOT, LEVEL), "utf8"), levelPath: LEVEL };
});

afterAll(async () => {
  await browser.close();
  await house.close();
  await rm(folder, { recursive: true });
});

/** Calls one of the functions of `rerun/page.ts` in the browser. */
async function inPage<Name extends keyof There>(
  name: Name,
  ...given: Parameters<There[Name]>
): Promise<Awaited<ReturnType<There[Name]>>> {
  return visitor.page.evaluate<Awaited<ReturnType<There[Name]>>>(`there.${name}(...${JSON.stringify(given)})`);
}

/** The frames of the same film, made here. */
async function framesHere(momentsMs: readonly number[]): Promise<string[]> {
  const reel = new Reel();
  const work = filming({ file, level: await findLevel(LEVEL) }, (clip) => reel.add(clip));
  let step = work.next();
  while (!step.done) step = work.next();
  const film = filmOf(reel, file.ticks * 50, judgedOf(step.value.match));
  return momentsMs.map((ms) => JSON.stringify(film.frameAt(ms)));
}

describe("a match played again in the page", () => {
  test("is the same match to the bit, filmed or not, under the page's own security policy", async () => {
    const [plain, filmed] = [await inPage("seen", recording, []), await inPage("seen", recording, [0])];
    for (const again of [plain, filmed]) {
      expect(again).toMatchObject({ trouble: null, divergence: "", hash: file.hash, score: file.score });
      expect(again.intents).toHaveLength(file.log.length);
    }
    expect(filmed.filmedMs).toBe(file.ticks * 50);
    expect(visitor.errors).toEqual([]);
  });

  test("has a film that is the same in every engine, whichever way one looks through it", async () => {
    const moments = [0, 100, 4_900, 5_000, 12_300, 20_000];
    const wandering = [...moments, ...moments.toReversed(), 12_300, 0, 20_000, 4_950];
    const { frames } = await inPage("seen", recording, wandering);
    expect(frames).toEqual(await framesHere(wandering));
    expect(new Set(frames).size).toBe(moments.length);
  });

  test("is fetched from the server by its id, with the level that it was played on", async () => {
    await keepMatch(house.storage, file, { id: "kept", levelId: "01-short-cut" });
    expect(await inPage("fetched", "kept")).toMatchObject({ trouble: null, divergence: "", hash: file.hash });
    await keepMatch(house.storage, file, { id: "sunk", levelId: "17-atlantis" });
    expect(await inPage("fetched", "sunk")).toEqual({ sentence: 'This server has no level "17-atlantis".' });
    expect(await inPage("fetched", "nobody")).toEqual({ sentence: "There is no finished match with this id." });
  });
});

describe("a file from disk", () => {
  const said = async (text: string): Promise<string> => {
    const told = await inPage("fromDisk", text);
    return "sentence" in told ? told.sentence : (told.trouble ?? told.divergence);
  };

  test("is played again like any other", async () => {
    expect(await inPage("fromDisk", JSON.stringify(file))).toMatchObject({
      trouble: null,
      divergence: "",
      hash: file.hash,
    });
  });

  test("that is none gets one sentence", async () => {
    expect(await said("not a match")).toBe("match.json is no match file: it is not JSON.");
    expect(await said('"chess"')).toBe("match.json is no match file: it names no level.");
    expect(await said(JSON.stringify({ ...file, format: "chess/1" }))).toMatch(
      /^This file is no match file: .*format.*\.$/,
    );
    expect(await said(JSON.stringify({ ...file, level: { id: "17-atlantis", version: 1 } }))).toBe(
      'This server has no level "17-atlantis".',
    );
  });

  test("of other rules, another version of the level, or with a log that nobody can have played, gets one too", async () => {
    const changed = (change: object): Promise<string> => said(JSON.stringify({ ...file, ...change }));
    expect(await changed({ simVersion: 1 })).toMatch(
      /^The match was played under version 1 of the rules, and this is version \d+:/,
    );
    expect(await changed({ level: { id: "01-short-cut", version: 77 } })).toMatch(
      /^The match was played on version 77 of /,
    );
    expect(await changed({ log: [{ ...file.log[0]!, operator: 3 }] })).toContain("is by operator 3, who has no seat.");
  });

  test("whose log was changed is played as it says, and told from the match that was recorded, between which ticks", async () => {
    const log = file.log.slice(1);
    const again = await inPage("fromDisk", JSON.stringify({ ...file, log }));
    const { tick } = file.log[0]!;
    const mark = Math.ceil((tick + 1) / 200) * 200;
    expect(again).toMatchObject({
      trouble: null,
      divergence: expect.stringContaining(`have parted by tick ${mark} `) as string,
    });
    expect(again).not.toMatchObject({ hash: file.hash });
  });
});

describe("what a page asks of a match", () => {
  test("the last what if is answered, and one before it is given up", async () => {
    const { answers, shares } = await inPage("whatIfs", recording, [[], file.log.slice(0, 1)]);
    const again = new WhatIf({ ...file, level: await findLevel(LEVEL), log: file.log.slice(0, 1) });
    expect(answers).toEqual(["That was given up for something newer.", again.outcome().debrief.stateHash]);
    expect(shares.length).toBeGreaterThan(0);
    expect(shares.toSorted((one, other) => one - other)).toEqual(shares);
  });

  test("what could have been done is told at any tick, also at one before the last; and what was said for an operation", async () => {
    const level = await findLevel(LEVEL);
    const ticks = [100, 300, 50];
    const { texts, said } = await inPage("looks", recording, ticks, 7);
    const here = ticks.map((tick) => new WhatIf({ ...file, level }).optionsAt(tick).map(({ text }) => text));
    expect(texts).toEqual(here);
    const again = new WhatIf({ ...file, level });
    const recorder = new EvidenceRecorder(again.match, [7]);
    again.playTo(Infinity);
    expect(said.length).toBeGreaterThan(1);
    expect(said).toEqual(recorder.evidence().messages.map(({ words }) => words));
  });
});

describe("the code that plays matches again", () => {
  test("is fetched when somebody asks for it, and not before", async () => {
    const fresh = await browser.visit("about:blank");
    const paths: string[] = [];
    fresh.context.on("request", (request) => paths.push(new URL(request.url()).pathname));
    await fresh.page.goto(house.address, { waitUntil: "networkidle" });
    expect(paths.filter((path) => path.includes("worker"))).toEqual([]);
    await fresh.page.evaluate(`there.seen(${JSON.stringify(recording)}, [])`);
    expect(paths.filter((path) => path.includes("worker"))).toHaveLength(1);
    await fresh.close();
  });

  test("is missed in one sentence when it can't be fetched", async () => {
    const fresh = await browser.visit(house.address);
    await fresh.context.route(/worker/, (route) => route.abort());
    const { trouble } = await fresh.page.evaluate<{ trouble: string }>(`there.seen(${JSON.stringify(recording)}, [])`);
    expect(trouble).toBe(
      "The part that plays a match again could not be fetched: check your connection, then try again.",
    );
    await fresh.close();
  });

  test("is missed in one sentence by a browser without workers", async () => {
    const fresh = await browser.visit(house.address);
    await fresh.page.evaluate("delete window.Worker");
    const { trouble } = await fresh.page.evaluate<{ trouble: string }>(`there.seen(${JSON.stringify(recording)}, [])`);
    expect(trouble).toBe("This browser can't play a match again: it starts no worker.");
    await fresh.close();
  });
});

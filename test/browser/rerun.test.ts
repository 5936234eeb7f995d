import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Recording } from "../../client/rerun/asks.ts";
import type { MatchFile } from "../../shared/wire/matchFile.ts";
import { matchFileBy } from "../cli/playedMatch.ts";
import { ROOT } from "../importsOf.ts";
import { Chromium, type Visitor } from "./chromium.ts";
import { openPlayhouse, type Playhouse } from "./playhouse.ts";
import type { Seen, There } from "./rerun/page.ts";

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
    build: { outDir: folder, emptyOutDir: true, target: "es2023", assetsInlineLimit: 0, modulePreload: { polyfill: false } },
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
async function inPage<Name extends keyof There>(name: Name, ...given: Parameters<There[Name]>): Promise<Seen> {
  return visitor.page.evaluate<Seen>(`there.${name}(...${JSON.stringify(given)})`);
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
});

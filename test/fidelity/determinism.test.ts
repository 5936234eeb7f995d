import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundle } from "../browser/bundle.ts";
import * as here from "../browser/sameEverywhere.ts";
import { ROOT } from "../importsOf.ts";

const PATH = "test/levels/01-short-cut.yaml";
const PLACES = 5_000;
const levelFile = readFileSync(join(ROOT, PATH), "utf8");

/** This Node without its compiler, and every Node of another version that this machine has on its path. */
const runtimes = [
  { name: `Node ${process.version} without its compiler`, command: [process.execPath, "--jitless"] },
  ...otherNodes(),
];

function otherNodes(): { name: string; command: string[] }[] {
  const found = new Map<string, string>();
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    const node = join(folder, "node");
    if (!existsSync(node)) continue;
    const version = spawnSync(node, ["--version"], { encoding: "utf8" }).stdout.trim();
    if (version !== process.version && !found.has(version)) found.set(version, node);
  }
  return [...found].map(([version, node]) => ({ name: `Node ${version}`, command: [node] }));
}

/** Engines of other browsers as they stand on a command line, and what a Debian package brings each. */
const ENGINES = [
  { name: "JavaScriptCore, as in WebKit", command: "jsc", debian: "libjavascriptcoregtk-4.0-bin" },
  { name: "SpiderMonkey, as in Firefox", command: "gjs", debian: "gjs" },
];

/** Methods of arrays that an engine older than 2023 lacks. */
const MISSING = `
  const lacking = {
    toSorted(by) { return [...this].sort(by); },
    toReversed() { return [...this].reverse(); },
    findLast(fits) { for (let i = this.length - 1; i >= 0; i--) if (fits(this[i], i, this)) return this[i]; },
    findLastIndex(fits) { for (let i = this.length - 1; i >= 0; i--) if (fits(this[i], i, this)) return i; return -1; },
  };
  for (const [name, value] of Object.entries(lacking)) {
    if (!(name in Array.prototype)) Object.defineProperty(Array.prototype, name, { value, writable: true, configurable: true });
  }`;

let folder = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "determinism-"));
  const script = await bundle(join(ROOT, "test/browser/sameEverywhere.ts"), "there");
  const ask = `const [file, path, seed] = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
    console.log(JSON.stringify({ maths: there.mathsDigest(${PLACES}), match: there.matchDigest(file, path, seed) }));`;
  writeFileSync(join(folder, "there.cjs"), `${script}\n${ask}\n`);
  const input = JSON.stringify([levelFile, PATH, "KELP"]);
  const tell = `const [file, path, seed] = ${input};
    print(JSON.stringify({ maths: there.mathsDigest(${PLACES}), match: there.matchDigest(file, path, seed) }));`;
  writeFileSync(join(folder, "there.js"), `${MISSING}\n${script}\n${tell}\n`);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function elsewhere([node, ...flags]: readonly string[], seed: string): unknown {
  const input = JSON.stringify([levelFile, PATH, seed]);
  const run = spawnSync(node!, [...flags, join(folder, "there.cjs")], { input, encoding: "utf8" });
  expect(run.status, run.stderr).toBe(0);
  return JSON.parse(run.stdout);
}

describe("a match is a function of level, seed and intents", () => {
  test("the same three give the same hash and the same debrief, another seed gives others", () => {
    const once = here.matchDigest(levelFile, PATH, "KELP");
    expect(here.matchDigest(levelFile, PATH, "KELP")).toEqual(once);
    expect(here.matchDigest(levelFile, PATH, "REED").hash).not.toBe(once.hash);
  });

  test.each(runtimes)("$name plays the same match to the bit", ({ command }) => {
    const expected = { maths: here.mathsDigest(PLACES), match: here.matchDigest(levelFile, PATH, "KELP") };
    expect(elsewhere(command, "KELP")).toEqual(expected);
  });

  test.for(ENGINES)("$name plays the same match to the bit", ({ command, debian }, { skip }) => {
    // Where no locale is set, an engine prints letters beyond English ones as question marks.
    const env = { ...process.env, LC_ALL: "C.UTF-8" };
    const run = spawnSync(command, [join(folder, "there.js")], { encoding: "utf8", env });
    if (run.error !== undefined) skip(`there is no ${command} on this machine; Debian has it in ${debian}`);
    expect(run.status, run.stderr).toBe(0);
    const expected = { maths: here.mathsDigest(PLACES), match: here.matchDigest(levelFile, PATH, "KELP") };
    expect(JSON.parse(run.stdout)).toEqual(expected);
  });
});

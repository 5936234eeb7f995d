import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "./importsOf.ts";

/**
 * The walls around `shared/`, proven by running into each of them: every line below is written into a file of its own in
 * a copy of the house's settings, and linter and compiler must name it.
 */
const LINTED: readonly (readonly [what: string, code: string, rule: string])[] = [
  ...[
    "log",
    "log2",
    "log10",
    "log1p",
    "exp",
    "expm1",
    "pow",
    "sin",
    "cos",
    "tan",
    "asin",
    "acos",
    "atan",
    "atan2",
    "sinh",
    "cosh",
    "tanh",
    "asinh",
    "acosh",
    "atanh",
    "hypot",
    "cbrt",
    "random",
  ].map((name) => [`Math.${name}`, `export const it = Math.${name};`, "eslint(no-restricted-properties)"] as const),
  ["Math by a computed name", `export const it = Math["log"](2);`, "eslint(no-restricted-properties)"],
  ["Math taken apart", "export const { exp } = Math;", "eslint(no-restricted-properties)"],
  ["Math under another name", "export const it = Math;", "determinism(no-math-alias)"],
  ["the power operator", "export const it = (x: number): number => x ** 2;", "determinism(no-power-operator)"],
  ["the power assignment", "export let it = 2;\nit **= 2;", "determinism(no-power-operator)"],
  [
    "for … in",
    "export function it(o: object): void {\n  for (const name in o) void name;\n}",
    "determinism(no-for-in)",
  ],
  ["Date", "export const it = new Date();", "eslint(no-restricted-globals)"],
  ["Date.now", "export const it = Date.now();", "eslint(no-restricted-globals)"],
  ["performance", "export const it = performance.now();", "eslint(no-restricted-globals)"],
  ["a timer", "setTimeout(() => undefined, 5);", "eslint(no-restricted-globals)"],
  ["Intl", `export const it = new Intl.NumberFormat("de");`, "eslint(no-restricted-globals)"],
  ["localeCompare", `export const it = "a".localeCompare("b");`, "eslint(no-restricted-properties)"],
  ["toLocaleString", "export const it = (5).toLocaleString();", "eslint(no-restricted-properties)"],
  ["sorting numbers as text", "export const it = [2, 10].sort();", "typescript(require-array-sort-compare)"],
  ["any", "export const it = (x: any): void => void x;", "typescript(no-explicit-any)"],
];

const COMPILED: readonly (readonly [what: string, code: string])[] = [
  ["the DOM", "export const it = document.title;"],
  ["Node's process", "export const it = process.pid;"],
  ["Node's modules", `import { readFileSync } from "node:fs";\nexport const it = readFileSync;`],
  ["timers", "setTimeout(() => undefined, 5);"],
  ["fetch", `export const it = fetch("/");`],
  ["crypto", "export const it = crypto.randomUUID();"],
];

let copy = "";
let lint: Record<string, string[]> = {};
let compiler = "";

function write(path: string, code: string): void {
  mkdirSync(dirname(join(copy, path)), { recursive: true });
  writeFileSync(join(copy, path), `${code}\n`);
}

function run(tool: string, args: readonly string[]): string {
  return spawnSync(join(ROOT, "node_modules/.bin", tool), args, { cwd: copy, encoding: "utf8" }).stdout;
}

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "walls-"));
  for (const path of [".oxlintrc.json", ".oxlint", "package.json", "tsconfig.json", "shared/tsconfig.json"]) {
    cpSync(join(ROOT, path), join(copy, path), { recursive: true });
  }
  LINTED.forEach(([, code], at) => write(`shared/core/lint${at}.ts`, code));
  COMPILED.forEach(([, code], at) => write(`shared/core/compile${at}.ts`, code));
  write("shared/core/good.ts", "export const it = Math.sqrt(Math.floor(2.5));");
  write("shared/core/egg.ts", `import { hen } from "./hen.ts";\nexport const egg = (): unknown => hen;`);
  write("shared/core/hen.ts", `import { egg } from "./egg.ts";\nexport const hen = (): unknown => egg;`);
  write("server/rooms/clock.ts", "export const it = Date.now() + process.pid;");

  const report = JSON.parse(run("oxlint", ["-f", "json"])) as { diagnostics: { code: string; filename: string }[] };
  lint = {};
  for (const { filename, code } of report.diagnostics) (lint[filename] ??= []).push(code);
  compiler = run("tsc", ["--noEmit", "-p", "shared"]);
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe("the linter keeps what differs between engines out of shared/", () => {
  test.each(LINTED.map(([what, , rule], at) => ({ what, rule, file: `shared/core/lint${at}.ts` })))(
    "$what",
    ({ rule, file }) => {
      expect(lint[file]).toContain(rule);
    },
  );
  test("what is bit-identical everywhere passes", () => expect(lint["shared/core/good.ts"]).toBeUndefined());
});

describe("the linter keeps the house in order", () => {
  test("two files that import each other are found", () => {
    expect(lint["shared/core/egg.ts"]).toContain("import(no-cycle)");
  });
  test("only main.ts and the command line read the clock and the process", () => {
    expect(lint["server/rooms/clock.ts"]).toEqual(["eslint(no-restricted-globals)", "eslint(no-restricted-globals)"]);
  });
});

describe("the compiler keeps the outside world out of shared/", () => {
  test.each(COMPILED.map(([what], at) => ({ what, file: `shared/core/compile${at}.ts` })))("$what", ({ file }) => {
    expect(compiler.split("\n").filter((line) => line.startsWith(`${file}(`))).toEqual([
      expect.stringContaining("Cannot find"),
    ]);
  });
  test("what needs nothing of the outside passes", () => expect(compiler).not.toContain("shared/core/good.ts"));
});

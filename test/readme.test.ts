import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "./importsOf.ts";

const readme = readFileSync(join(ROOT, "README.md"), "utf8");
const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: Record<string, string> };

const matches = (pattern: RegExp): string[] => [...readme.matchAll(pattern)].map((match) => match[1]!);

describe("the README", () => {
  test("names only commands that exist, and every command a person would type", () => {
    const named = new Set([...matches(/npm run (\w+)/g), ...matches(/`npm (start|test)/g)]);
    const steps = new Set(["prestart", "pretest", "build", "typecheck", "lint", "format"]);
    expect([...named].sort()).toEqual(
      Object.keys(scripts)
        .filter((name) => !steps.has(name))
        .sort(),
    );
  });

  test("shows a map of folders that exist", () => {
    const folders = matches(/`((?:shared|server|client|levels|test)\/[\w/.]*)`/g);
    expect(folders.length).toBeGreaterThan(10);
    expect(folders.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  test("begins with what it is, how to play and how to test", () => {
    const top = readme.split("\n").slice(0, 30).join("\n");
    expect(top).toContain("npm install && npm start");
    expect(top).toContain("npm install && npm test");
  });
});

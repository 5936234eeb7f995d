import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { judgeCase, type Case } from "../../server/cli/verdict/judgement.ts";

const folder = fileURLToPath(new URL("../../../shared/histories/", import.meta.url));
const manifest = `${folder}expected.json`;
const isThere = existsSync(manifest);
if (!isThere) process.stdout.write("Recorded histories are not there, so no verdict is compared with its source.\n");
type Known = Case & { readonly valid: boolean };
const cases = isThere ? (JSON.parse(readFileSync(manifest, "utf8")) as { cases: Known[] }).cases : [];

describe.skipIf(!isThere)("verdicts on histories that nobody here wrote", () => {
  test.each(cases)("$file", (one) => {
    const { verdict } = judgeCase({ ...one, file: folder + one.file }, 60_000);
    expect(verdict).toMatchObject({ outcome: one.valid ? "valid" : "invalid" });
  });
});

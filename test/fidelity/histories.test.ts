import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { judge } from "../../shared/checkers/judge.ts";
import { checkers } from "../../shared/checkers/registry.ts";
import { isRefusal } from "../../shared/core/refusal.ts";
import { readJepsenLog } from "../../shared/history/jepsenLog.ts";

interface Case {
  readonly file: string;
  readonly format: string;
  readonly valid: boolean;
}

const folder = fileURLToPath(new URL("../../../shared/histories/", import.meta.url));
const manifest = `${folder}expected.json`;
const isThere = existsSync(manifest);
if (!isThere) process.stdout.write("Recorded histories are not there, so no verdict is compared with its source.\n");
const cases = isThere ? (JSON.parse(readFileSync(manifest, "utf8")) as { cases: Case[] }).cases : [];

describe.skipIf(!isThere)("verdicts on histories that nobody here wrote", () => {
  test.each(cases.filter((it) => it.format === "jepsen-log"))(
    "etcd as recorded by Jepsen: $file",
    ({ file, valid }) => {
      const history = readJepsenLog(readFileSync(folder + file, "utf8").split("\n"));
      if (isRefusal(history)) throw new Error(history.sentence);
      expect(judge(checkers.linearizable, history).outcome).toBe(valid ? "valid" : "invalid");
    },
  );
});

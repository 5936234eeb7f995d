import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Verdict } from "../../shared/checkers/checker.ts";
import { judge } from "../../shared/checkers/judge.ts";
import { keyValue } from "../../shared/checkers/keyValue.ts";
import { checkers } from "../../shared/checkers/registry.ts";
import { searchVerdict } from "../../shared/checkers/searchVerdict.ts";
import { isRefusal, type Refusal } from "../../shared/core/refusal.ts";
import { readJepsenLog } from "../../shared/history/jepsenLog.ts";
import { readJepsenEdn } from "../../shared/history/jepsenRegister.ts";
import { readKeyValueMaps } from "../../shared/history/kvMaps.ts";
import type { Operation } from "../../shared/history/operation.ts";

interface Case {
  readonly file: string;
  readonly format: string;
  readonly model: string;
  readonly valid: boolean;
}

const folder = fileURLToPath(new URL("../../../shared/histories/", import.meta.url));
const manifest = `${folder}expected.json`;
const isThere = existsSync(manifest);
if (!isThere) process.stdout.write("Recorded histories are not there, so no verdict is compared with its source.\n");
const cases = isThere ? (JSON.parse(readFileSync(manifest, "utf8")) as { cases: Case[] }).cases : [];

const readers: Readonly<Record<string, (text: string) => Verdict | Refusal>> = {
  "jepsen-log": (text) => registerVerdict(readJepsenLog(text.split("\n"))),
  "jepsen-edn": (text) => registerVerdict(readJepsenEdn(text)),
  "edn-maps (get/put/append)": (text) => {
    const history = readKeyValueMaps(text);
    return isRefusal(history) ? history : searchVerdict(keyValue, history);
  },
};

function registerVerdict(history: readonly Operation[] | Refusal): Verdict | Refusal {
  return isRefusal(history) ? history : judge(checkers.linearizable, history);
}

const models = ["cas-register", "kv-append"];

describe.skipIf(!isThere)("verdicts on histories that nobody here wrote", () => {
  test.each(cases.filter((it) => models.includes(it.model)))("$file", ({ file, format, valid }) => {
    const verdict = readers[format]!(readFileSync(folder + file, "utf8"));
    expect(verdict).toMatchObject({ outcome: valid ? "valid" : "invalid" });
  });
});

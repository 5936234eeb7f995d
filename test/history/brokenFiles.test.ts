import { describe, expect, test } from "vitest";
import { judgePairs } from "../../shared/checkers/workloads/independent.ts";
import { workloads } from "../../shared/checkers/workloads/registry.ts";
import type { Workload } from "../../shared/checkers/workloads/workload.ts";
import { isRefusal } from "../../shared/core/refusal.ts";
import { formats } from "../../shared/history/formats.ts";

/** What comes of a file: a verdict, or the sentence that refuses it. */
function outcomeOf({ fits, guarantees, ...workload }: Workload, text: string): string {
  const pairs = formats["jepsen-edn"].read([text], fits);
  if (isRefusal(pairs)) return pairs.sentence;
  const options = { searchSteps: 1_000_000 };
  return judgePairs(pairs, { workload: { fits, guarantees, ...workload }, guarantee: guarantees[0]!, options }).outcome;
}

const NAMES_THE_LINE = /^Line \d+: .+\.$/;
const linesOf = (text: string) => text.trim().split("\n");
const all = Object.values<Workload>(workloads).map((workload) => [workload.model, workload] as const);

describe.each(all)("a history of %s", (_, workload) => {
  const lines = linesOf(workload.accepted);

  test("that is cut off in the middle of any map is refused with the line", () => {
    const text = lines.join("\n");
    for (let end = 1; end < text.length; end++) {
      const cut = text.slice(0, end);
      if (/[{},\s]$/.test(cut) || !/\{[^\n]*$/.test(cut)) continue;
      expect(outcomeOf(workload, cut), cut).toMatch(NAMES_THE_LINE);
    }
  });

  test("whose question is gone, or asked twice, is refused with the line", () => {
    const ends = lines.filter((line) => !line.includes(":invoke"));
    expect(outcomeOf(workload, ends.join("\n"))).toMatch(NAMES_THE_LINE);
    expect(outcomeOf(workload, [lines[0], ...lines].join("\n"))).toMatch(/two operations open at once\.$/);
  });

  test("may have line ends of Windows, comments, tags and maps left out, and keeps its verdict", () => {
    for (const text of [workload.accepted, workload.rejected]) {
      const dressed = linesOf(text).map((line) => `; note {\r\n#jepsen.history.Op ${line.trim()}\r\n#_{:a #_ b}\r\n`);
      expect(outcomeOf(workload, dressed.join(""))).toBe(outcomeOf(workload, text));
    }
  });
});

const [, register] = all[0]!;
const wrote = (value: string) => `{:process 0, :type :invoke, :f :write, :value ${value}}`;

test.each([
  ["values inside a hundred thousand others", wrote(`${"[".repeat(100_000)}1`), /more than 200 deep\.$/],
  ["a number that fits no double", wrote("12345678901234567890"), /^Line 1: :invoke :write can't have that value\.$/],
  ["a number beyond all bounds", wrote("1e999"), /^Line 1: /],
  ["a process with too many digits", wrote("1").replace("process 0", "process 12345678901234567890"), /^Line 1: :process/],
  ["a key that a map has twice", wrote("1, :f :read"), /^Line 1: the map has a key twice\.$/],
  ["bytes that are no text", "\u0000\uFFFD\u0001ELF", /^Line 1: a history is made of maps/],
  ["a character that opens no bracket", wrote("\\{"), /^Line 1: /],
])("%s are refused with the line", (_, text, sentence) => {
  expect(outcomeOf(register, text)).toMatch(sentence);
});

test("clients without names are told apart by what they ask, unless nobody could", () => {
  const asks = (f: string, value: string) => `{:type :invoke, :f :${f}, :value ${value}}`;
  const ends = (f: string, value: string) => `{:type :ok, :f :${f}, :value ${value}}`;
  const apart = [asks("read", "nil"), asks("write", "1"), ends("write", "1"), ends("read", "1")];
  expect(outcomeOf(register, apart.join("\n"))).toBe("valid");
  const alike = [asks("read", "nil"), asks("read", "nil"), ends("read", "nil")];
  expect(outcomeOf(register, alike.join("\n"))).toMatch(/^Line 3: more than one open read could have ended here/);
});

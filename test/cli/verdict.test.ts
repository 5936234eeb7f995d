import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
let folder = "";

beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "verdict-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function verdict(...args: readonly string[]) {
  const node = join(ROOT, "node_modules/.bin/node");
  const { status, stdout, stderr } = spawnSync(node, [join(ROOT, "server/cli/verdict.ts"), ...args], {
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const registers = ["--format", "jepsen-edn", "--model", "cas-register", "--guarantee", "linearizable"];
const WROTE_ONE = "{:process 0, :type :invoke, :f :write, :value 1}\n{:process 0, :type :ok, :f :write, :value 1}\n";
const readsOf = (value: string) =>
  `{:process 1, :type :invoke, :f :read, :value nil}\n{:process 1, :type :ok, :f :read, :value ${value}}\n`;

/**
 * One cas between any two of seven values, none of them answered, and then reads that go from 0 to 1 and back more often
 * than there are disjoint ways: only trying all of them would show that there is no order.
 */
function hardHistory(): string {
  const values = [0, 1, 2, 3, 4, 5, 6];
  const swaps = values.flatMap((from) => values.filter((to) => to !== from).map((to) => `[${from} ${to}]`));
  const asked = swaps.map((swap, process) => `{:process ${process}, :type :invoke, :f :cas, :value ${swap}}`);
  const reads = Array.from({ length: 15 }, (_, read) =>
    readsOf(String(read % 2)).replaceAll("process 1", "process 99"),
  );
  return (
    WROTE_ONE.replaceAll("value 1", "value 0") +
    ["", ...asked].join("\n").replaceAll("process 0", "process 98") +
    reads.join("")
  );
}

describe("npm run verdict", () => {
  test("ends with 0 for a history that keeps its promise", () => {
    const { status, stdout } = verdict(file("good.edn", WROTE_ONE + readsOf("1")), ...registers);
    expect(stdout).toMatch(/^valid: linearizable, 2 operations/);
    expect(status).toBe(0);
  });

  test("ends with 1 for one that does not, and prints what happened", () => {
    const { status, stdout } = verdict(file("bad.edn", WROTE_ONE + readsOf("nil")), ...registers);
    expect(stdout).toMatch(/^invalid: /);
    expect(stdout).toContain("#0  client 0  write 1 → ok 1  [0..1]");
    expect(stdout).toContain("#1  client 1  read → ok null  [2..3]");
    expect(stdout).toContain("no order: #0 → #1 answered before it was asked; #1 → #0 saw what was there before it");
    expect(stdout).toContain("Stale read: A client was told an old value");
    expect(stdout).toContain("Source: Herlihy & Wing 1990");
    expect(status).toBe(1);
  });

  test("finds a guarantee however it is spelt, and tells programs the witness in JSON", () => {
    const path = file("own.edn", WROTE_ONE + readsOf("nil").replaceAll("process 1", "process 0"));
    const { status, stdout } = verdict(
      path,
      "--format",
      "jepsen-edn",
      "--model",
      "cas-register",
      "--guarantee",
      "read-your-writes",
      "--json",
    );
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: "invalid",
      guarantee: "readYourWrites",
      anomalies: [
        {
          name: "readYourWritesViolation",
          witness: [
            { id: 0, f: "write" },
            { id: 1, f: "read" },
          ],
        },
      ],
    });
    expect(status).toBe(1);
  });

  test("ends with 3 when its time is up", () => {
    const { status, stdout } = verdict(file("hard.edn", hardHistory()), ...registers, "--budget-ms", "0");
    expect(stdout).toMatch(/^unknown: /);
    expect(status).toBe(3);
  });

  test.each([
    ["an empty file", "", "Line 1: the file is empty, and a history has at least one operation."],
    ["a file that was cut off", `${WROTE_ONE}{:process 1, :type`, "Line 3: { is never closed."],
    [
      "an answer without a question",
      readsOf("1").split("\n")[1]!,
      "Line 1: process 1 is told the end of a read that it did not begin.",
    ],
    [
      "two questions at once",
      WROTE_ONE.split("\n")[0]!.repeat(2),
      "Line 1: process 0 has two operations open at once.",
    ],
    ["an unknown operation", "{:process 0, :type :invoke, :f :dance}", "Line 1: :invoke :dance can't have that value."],
    [
      "two lines written over each other",
      "{:process 0, :type{:process 1, :type :ok} :invoke}",
      "Line 1: the map has a key without a value.",
    ],
    ["no history at all", "<html>", 'Line 1: a history is made of maps, but here is "<html>".'],
  ])("ends with 2 and names the line for %s", (name, text, sentence) => {
    const path = file(`${name}.edn`, text);
    expect(verdict(path, ...registers)).toEqual({ status: 2, stdout: "", stderr: `${path}: ${sentence}\n` });
  });

  test.each([
    [["--format", "jepsen-edn", "--model", "cas-register"], "There is no file"],
    [["--format", "yaml", "--model", "cas-register"], 'There is no format "yaml"'],
    [["--format", "jsonl", "--model", "kv-append"], "A file in jsonl is a history of cas-register, not of kv-append."],
    [
      ["--format", "jepsen-edn", "--model", "cas-register", "--guarantee", "fast"],
      'cas-register has no guarantee "fast"',
    ],
  ])("ends with 2 when asked for what there is not: %s", (options, sentence) => {
    const { status, stderr } = verdict(join(folder, "nowhere"), ...options);
    expect(stderr).toContain(sentence);
    expect(status).toBe(2);
  });

  test("judges the cases of a manifest, and ends with 1 when one is not as expected", () => {
    const cases = [
      { file: "good.edn", format: "jepsen-edn", model: "cas-register", guarantee: "linearizable", valid: true },
      { file: "bad.edn", format: "jepsen-edn", model: "cas-register", guarantee: "linearizable", valid: false },
    ];
    const agreeing = verdict("--manifest", file("agreeing.json", JSON.stringify({ cases })));
    expect(agreeing.stdout).toMatch(/good\.edn +valid +expected valid +[\d.]+ ms +agrees\nbad\.edn/);
    expect(agreeing.stdout.trimEnd().split("\n").at(-1)).toBe("2 agree, 0 disagree, 0 unknown");
    expect(agreeing.status).toBe(0);
    const wrong = verdict(
      "--manifest",
      file("wrong.json", JSON.stringify({ cases: cases.map((it) => ({ ...it, valid: true })) })),
    );
    expect(wrong.stdout.trimEnd().split("\n").at(-1)).toBe("1 agree, 1 disagree, 0 unknown");
    expect(wrong.status).toBe(1);
  });
});

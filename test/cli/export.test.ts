import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findLevel, Misuse } from "../../server/cli/commandLine.ts";
import { orMisuse, playAgain } from "../../server/cli/export/played.ts";
import type { MatchFile } from "../../shared/wire/matchFile.ts";
import type { Verdict } from "../../shared/checkers/checker.ts";
import { judgePairs } from "../../shared/checkers/workloads/independent.ts";
import { workloads } from "../../shared/checkers/workloads/registry.ts";
import { isRefusal } from "../../shared/core/refusal.ts";
import { formats } from "../../shared/history/formats.ts";
import { ednListAppend, jepsenEdn } from "../../shared/history/jepsenEdn.ts";
import type { Operation } from "../../shared/history/operation.ts";
import { matchExports } from "../../shared/match/exports.ts";
import { ROOT } from "../importsOf.ts";
import { matchFileBy, playedBy } from "./playedMatch.ts";

const SHORT_CUT = "test/levels/01-short-cut.yaml";
const NO_LIMIT = { searchSteps: Infinity, expired: () => false };

/** What our own command would say of a history in EDN. */
function verdictOn(text: Iterable<string>, model: keyof typeof workloads, guarantee: string): Verdict {
  const workload = workloads[model];
  const pairs = formats["jepsen-edn"].read(text, (event) => workload.fits(event));
  if (isRefusal(pairs)) throw new Error(pairs.sentence);
  return judgePairs(pairs, { workload, guarantee, options: NO_LIMIT });
}

const blamed = (verdict: Verdict): number[] =>
  verdict.outcome === "invalid" ? verdict.anomalies.map(({ operation }) => operation).sort((a, b) => a - b) : [];

let nextUs = 0;
/** An operation that is asked 10 µs after the last one and answered 5 µs later. */
function operation(given: Partial<Operation> & Pick<Operation, "id" | "kind">): Operation {
  nextUs += 10;
  const plain = { session: 0, component: "it", key: 0, other: null, argument: null, expected: null, result: null, results: null };
  return { ...plain, invokedAtUs: nextUs, completedAtUs: nextUs + 5, outcome: "ok", ...given };
}

function ednOf(operations: readonly Operation[]): { readonly model: string; readonly text: string } {
  const told = jepsenEdn("it", operations);
  if (isRefusal(told)) throw new Error(told.sentence);
  return { model: told.model, text: [...told.lines].join("") };
}

describe("a match as a history of Jepsen", () => {
  test.each([
    { path: SHORT_CUT, how: {}, outcome: "invalid" },
    { path: SHORT_CUT, how: { policy: "reference" }, outcome: "any" },
    { path: "levels/03-your-own-words.yaml", how: { untilMs: 60_000 }, outcome: "valid" },
    { path: "test/levels/02-all-weathers.yaml", how: {}, outcome: "any" },
    { path: "test/levels/03-calls.yaml", how: {}, outcome: "any" },
  ])("gets the verdict that the match got, operation by operation: $path $how", async ({ path, how, outcome }) => {
    const played = await playedBy(path, how);
    const { level, record } = played.match;
    const outcomes = Object.entries(level.contract).flatMap(([component, { guarantee }]) => {
      const asked = level.workload.filter(({ to }) => to === component).map(({ op }) => op);
      const isRegister = asked.every((kind) => workloads["cas-register"].fits({ process: 0, type: "info", f: kind, value: null }));
      // Those with a bound need times, which a history of Jepsen is not judged by.
      if (!isRegister || guarantee === "boundedStaleness" || guarantee === "eventual") return [];
      const { pieces, model } = orMisuse(matchExports["jepsen-edn"].write(played, component));
      const own = [...record.history].filter((one) => one.component === component).map(({ id }) => id);
      const again = verdictOn(pieces, model as "cas-register", guarantee);
      const verdict = record.verdict(component);
      expect(again.outcome, component).toBe(verdict.outcome);
      expect(blamed(again).map((place) => own[place]), component).toEqual(blamed(verdict));
      return [verdict.outcome];
    });
    expect(outcomes.length).toBeGreaterThan(0);
    if (outcome !== "any") expect(outcomes).toContain(outcome);
  });

  test("is told as Jepsen tells an independent test: tuples, nanoseconds, one index after the other", () => {
    nextUs = 0;
    const { model, text } = ednOf([
      operation({ id: 0, kind: "write", key: 3, argument: 7 }),
      operation({ id: 1, kind: "cas", key: 3, expected: 7, argument: 8, outcome: "unknown" }),
    ]);
    expect(model).toBe("cas-register");
    expect(text.split("\n")).toEqual([
      "{:process 0, :type :invoke, :f :write, :value [3 7], :time 10000, :index 0}",
      "{:process 0, :type :ok, :f :write, :value [3 7], :time 15000, :index 1}",
      "{:process 0, :type :invoke, :f :cas, :value [3 [7 8]], :time 20000, :index 2}",
      "{:process 0, :type :info, :f :cas, :value [3 [7 8]], :time 25000, :index 3}",
      "",
    ]);
  });

  test("counters, sets and banks are judged as what they are, each key by itself", () => {
    const counted = (read: number) =>
      ednOf([
        operation({ id: 0, kind: "increment", key: 1, argument: 4 }),
        operation({ id: 1, kind: "increment", key: 2, argument: 9 }),
        operation({ id: 2, kind: "read", key: 1, result: read }),
      ]);
    expect(counted(4).model).toBe("counter");
    expect(verdictOn([counted(4).text], "counter", "counter").outcome).toBe("valid");
    expect(blamed(verdictOn([counted(13).text], "counter", "counter"))).toEqual([2]);

    const held = (results: readonly number[]) =>
      ednOf([
        operation({ id: 0, kind: "add", key: 1, argument: 4 }),
        operation({ id: 1, kind: "add", key: 2, argument: 9 }),
        operation({ id: 2, kind: "read", key: 2, results: [9] }),
        operation({ id: 3, kind: "read", key: 1, results }),
      ]);
    expect(held([4]).model).toBe("set-full");
    expect(verdictOn([held([4]).text], "set-full", "set-full").outcome).toBe("valid");
    expect(blamed(verdictOn([held([]).text], "set-full", "set-full"))).toHaveLength(1);

    const paid = (results: readonly number[]) =>
      ednOf([
        operation({ id: 0, kind: "audit", results: [10, 0] }),
        operation({ id: 1, kind: "transfer", key: 0, other: 1, argument: 3 }),
        operation({ id: 2, kind: "audit", results }),
      ]);
    expect(paid([7, 3]).model).toBe("bank");
    expect(verdictOn([paid([7, 3]).text], "bank", "bank").outcome).toBe("valid");
    expect(blamed(verdictOn([paid([7, 0]).text], "bank", "bank"))).toEqual([2]);
  });

  test("appends and reads of lists are transactions for Elle; registers are not", () => {
    const lists = (results: readonly number[]) =>
      ednListAppend("it", [
        operation({ id: 0, kind: "append", key: 5, argument: 1 }),
        operation({ id: 1, kind: "append", key: 5, argument: 2 }),
        operation({ id: 2, kind: "read", key: 5, results }),
      ]);
    const verdict = (results: readonly number[]): string => {
      const told = lists(results);
      if (isRefusal(told)) throw new Error(told.sentence);
      return verdictOn(told.lines, "list-append", workloads["list-append"].guarantees[0]!).outcome;
    };
    expect(verdict([1, 2])).toBe("valid");
    expect(verdict([1])).toBe("invalid");
    expect(ednListAppend("ledger", [operation({ id: 0, kind: "write", argument: 1 })])).toMatchObject({
      sentence: "ledger was asked to write: only appends and reads of whole lists are list-append.",
    });
    expect(jepsenEdn("wall", [operation({ id: 0, kind: "publish", argument: 1 })])).toMatchObject({
      sentence: expect.stringContaining("wall was asked to publish: Jepsen's tests have cas-register"),
    });
  });

  test("what happens in the same microsecond is told so that no session has two questions open", () => {
    const all = { kind: "read", key: 0, result: null } as const;
    const { text } = ednOf([
      operation({ ...all, id: 0, session: 1, invokedAtUs: 0, completedAtUs: 5 }),
      operation({ ...all, id: 1, session: 1, invokedAtUs: 5, completedAtUs: 5 }),
      operation({ ...all, id: 2, session: 2, invokedAtUs: 5, completedAtUs: 9 }),
    ]);
    const told = text.trim().split("\n").map((line) => /process (\d), :type :(\w+)/.exec(line)!.slice(1).join(" "));
    expect(told).toEqual(["1 invoke", "2 invoke", "1 ok", "1 invoke", "1 ok", "2 ok"]);
  });
});

describe("npm run export", () => {
  let folder = "";
  let good!: MatchFile;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "export-"));
    good = await matchFileBy(SHORT_CUT, { untilMs: 3_000 });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function run(plain: unknown, ...args: readonly string[]) {
    const path = join(folder, "match.json");
    writeFileSync(path, typeof plain === "string" ? plain : JSON.stringify(plain));
    const node = join(ROOT, "node_modules/.bin/node");
    const all = [join(ROOT, "server/cli/export.ts"), path, "--level", join(ROOT, SHORT_CUT), ...args];
    const { status, stdout, stderr } = spawnSync(node, all, { encoding: "utf8" });
    return { status, stdout, stderr };
  }

  test("writes to standard output, and tells programs beside it what it wrote", () => {
    const { status, stdout, stderr } = run(good, "--format", "jsonl", "--component", "ledger", "--json");
    const operations = formats.jsonl.read(stdout.split("\n"), () => true);
    expect(isRefusal(operations) ? operations.sentence : operations.length).toBeGreaterThan(100);
    expect(JSON.parse(stderr)).toMatchObject({ format: "jsonl", component: "ledger", hash: good.hash, characters: stdout.length });
    expect(status).toBe(0);
  });

  test.each([
    ["no match file", () => "<html>", ["--format", "jsonl"], /match\.json is no match file: it is not JSON\.$/],
    ["another version of the rules", () => ({ ...good, simVersion: 0 }), ["--format", "jsonl"], /under version 0 of the rules.*only the same version/],
    ["an unknown format", () => good, ["--format", "yaml"], /^There is no format "yaml"; there are jepsen-edn, .*match\.$/],
    ["a component that there is not", () => good, ["--format", "otlp", "--component", "moon"], /^01-short-cut has no component "moon"/],
    ["a history that is no list-append", () => good, ["--format", "edn-list-append"], /^ledger was asked to read, write: only appends/],
  ])("ends with 2 and one sentence for %s", (_, plain, options, sentence) => {
    const { status, stdout, stderr } = run(plain(), ...options);
    expect(stderr.trimEnd()).toMatch(sentence);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  });

  test("a match that diverges is not exported, and a moment after its end is none", async () => {
    const level = await findLevel(SHORT_CUT);
    expect(() => playAgain({ ...good, hash: "0" }, level, undefined)).toThrow(Misuse);
    expect(() => playAgain(good, level, 4_000)).toThrow("--until is after the end: the match lasted 3000 ms.");
    expect(playAgain(good, level, 2_000).match.clockMs).toBe(2_000);
  });
});

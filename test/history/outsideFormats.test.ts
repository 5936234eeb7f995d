import { describe, expect, test } from "vitest";
import { readEdn } from "../../shared/history/edn.ts";
import { readJepsenLog } from "../../shared/history/jepsenLog.ts";
import { isRefusal } from "../../shared/core/refusal.ts";
import type { JepsenEvent } from "../../shared/history/eventPairing.ts";
import { readJepsenEvents } from "../../shared/history/jepsenEvents.ts";
import { fitsRegister, registerOperation } from "../../shared/history/jepsenRegister.ts";
import { fitsKeyValue, keyValueOperation } from "../../shared/history/kvMaps.ts";

const logLine = (process: number, type: string, f: string, value: string) =>
  `INFO  jepsen.util - ${process}\t:${type}\t:${f}\t${value}`;
/** A file in pieces of three characters, as bad a cut as any. */
const pieces = (text: string) => text.match(/[^]{1,3}/g) ?? [];
const readEvents = (text: string, fits: (event: JepsenEvent) => boolean) => readJepsenEvents(pieces(text), "edn", fits);
const readRegister = (text: string) => {
  const pairs = readEvents(text, fitsRegister);
  return isRefusal(pairs) ? pairs : pairs.map(registerOperation);
};
const refused = (sentence: string) => ({ refused: true, code: "badHistory", sentence });

describe("EDN", () => {
  test("is read with its maps, vectors, sets, strings, numbers, keywords, tags and comments", () => {
    const text = '; a note\n[nil true -4 2.5 12N "a \\"b\\"", :ok sym #{1} #inst "2020" ()]\n{:type :invoke}';
    expect(readEdn(text)).toEqual([
      [null, true, -4, 2.5, 12, 'a "b"', "ok", "sym", [1], "2020", []],
      { line: 3, fields: new Map([["type", "invoke"]]) },
    ]);
  });

  test.each([
    ["a bracket that is never closed", "[1\n{:a 1}", "Line 1: [ is never closed."],
    ["a bracket that was never opened", "1\n)", "Line 2: ) closes nothing that is open."],
    ["brackets that cross", "[1 (2])", "Line 1: ] closes nothing that is open."],
    ["a key without a value", "\n{:a}", "Line 2: the map has a key without a value."],
    ["a string without an end", '1 "abc', 'Line 1: "\\"abc" can\'t be read.'],
  ])("refuses %s", (_, text, sentence) => {
    expect(readEdn(text)).toEqual(refused(sentence));
  });
});

describe("the log of a Jepsen register test", () => {
  test("becomes operations whose times are positions; one that timed out may have happened", () => {
    const lines = [
      logLine(0, "invoke", "write", "3"),
      logLine(1, "invoke", "cas", "[3 4]"),
      logLine(0, "ok", "write", "3"),
      logLine(1, "info", "cas", ":timed-out"),
      logLine(2, "invoke", "read", "nil"),
      "",
    ];
    const pairs = readJepsenLog(lines);
    expect(isRefusal(pairs) ? pairs : pairs.map(registerOperation)).toMatchObject([
      { id: 0, session: 0, kind: "write", argument: 3, invokedAtUs: 0, completedAtUs: 2, outcome: "ok" },
      { id: 1, session: 1, kind: "cas", expected: 3, argument: 4, invokedAtUs: 1, outcome: "unknown" },
      { id: 2, session: 2, kind: "read", result: null, completedAtUs: Infinity, outcome: "unknown" },
    ]);
  });

  const ask = logLine(0, "invoke", "write", "3");
  test.each([
    ["a line of another kind", [ask, "WARN something"], "Line 2: is not an event of a Jepsen register test."],
    ["a write of two values", [logLine(0, "invoke", "write", "[1 2]")], "Line 1: :invoke :write can't have the value [1 2]."],
    [
      "an end without a beginning",
      [ask, logLine(1, "ok", "write", "3")],
      "Line 2: process 1 is told the end of a write that it did not begin.",
    ],
    [
      "the end of something else",
      [ask, logLine(0, "ok", "read", "3")],
      "Line 2: process 0 is told the end of a read that it did not begin.",
    ],
    ["two open operations of a process", [ask, "", ask], "Line 3: process 0 has two operations open at once."],
  ])("refuses %s", (_, lines, sentence) => {
    expect(readJepsenLog(lines)).toEqual(refused(sentence));
  });
});

describe("a Jepsen history in EDN", () => {
  test("leaves out the nemesis, and reads one vector or map after map alike", () => {
    const maps = [
      "{:process 0, :type :invoke, :f :cas, :value [1 2]}",
      '{:process :nemesis, :type :info, :f :start, :value "cut off"}',
      "{:process 0, :type :fail, :f :cas, :value [1 2]}",
    ];
    const operations = [{ kind: "cas", expected: 1, argument: 2, outcome: "fail", invokedAtUs: 0, completedAtUs: 1 }];
    expect(readRegister(maps.join("\n"))).toMatchObject(operations);
    expect(readRegister(`[${maps.join("\n")}]`)).toMatchObject(operations);
  });

  test.each([
    ["a word instead of a map", "hello", 'Line 1: a history is made of maps, but here is "hel".'],
    [
      "a map without a process among others",
      "{:process 0, :type :invoke, :f :read}\n{:type :ok, :f :read}",
      "Line 2: :process is not a number.",
    ],
    [
      "a map with a process among others without",
      "{:type :invoke, :f :read}\n{:process 1, :type :ok, :f :read}",
      "Line 2: names a process, but those before it do not.",
    ],
    ["a file that ends in the middle of a map", "[{:process 0,\n:type", "Line 1: { is never closed."],
    ["a file that ends before its vector does", "\n[{:process 0, :type :invoke, :f :read}", "Line 2: [ is never closed."],
    ["more behind the vector", "[]\n{:process 0}", "Line 2: a history is made of maps, but here is \"{:p\"."],
    [
      "two open operations of a process",
      "{:process 0, :type :invoke, :f :read}\n{:process 0, :type :invoke, :f :read}",
      "Line 2: process 0 has two operations open at once.",
    ],
    [
      "an unknown type",
      "{:process 0, :type :maybe, :f :read}",
      "Line 1: :type is none of :invoke, :ok, :fail and :info.",
    ],
    [
      "an unknown operation",
      "{:process 0, :type :invoke, :f :pop, :value 1}",
      "Line 1: :invoke :pop can't have that value.",
    ],
    [
      "a cas of one value",
      "{:process 0, :type :invoke, :f :cas, :value [1]}",
      "Line 1: :invoke :cas can't have that value.",
    ],
  ])("refuses %s", (_, text, sentence) => {
    expect(readRegister(text)).toEqual(refused(sentence));
  });
});

describe("a key-value history", () => {
  test("becomes gets, puts and appends of keys", () => {
    const text = [
      '{:process 9, :type :invoke, :f :append, :key "0", :value "x"}',
      '{:process 1, :type :invoke, :f :get, :key "0", :value nil}',
      '{:process 1, :type :ok, :f :get, :key "0", :value "x"}',
    ].join("\n");
    const pairs = readEvents(text, fitsKeyValue);
    expect(isRefusal(pairs) ? pairs : pairs.map(keyValueOperation)).toEqual([
      {
        id: 0,
        session: 9,
        key: "0",
        kind: "append",
        value: "x",
        invokedAtUs: 0,
        completedAtUs: Infinity,
        outcome: "unknown",
      },
      { id: 1, session: 1, key: "0", kind: "get", value: "x", invokedAtUs: 1, completedAtUs: 2, outcome: "ok" },
    ]);
  });

  test("refuses an operation without a key", () => {
    expect(readEvents("{:process 9, :type :invoke, :f :put, :value 3}", fitsKeyValue)).toEqual(
      refused("Line 1: :invoke :put can't have that value."),
    );
  });
});

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { OPERATION_KINDS } from "../../shared/core/operations.ts";
import { jsonLineOf, readJsonLines } from "../../shared/history/jsonLines.ts";
import { storeHistory } from "../property/histories.ts";

const good =
  '{"session":4,"component":"ledger","key":7,"kind":"write","argument":40,"invokedAtUs":1000,"completedAtUs":3500,"outcome":"ok"}';
const changed = (fields: object) => JSON.stringify({ ...JSON.parse(good), ...fields });

describe("a history as JSON Lines", () => {
  test("comes back as it was written", () => {
    fc.assert(
      fc.property(storeHistory({ length: 30, sessions: 4, keys: 3, lagsUs: [0, 10] }), (operations) => {
        expect(readJsonLines(operations.map(jsonLineOf))).toEqual(operations);
      }),
      { numRuns: 500 },
    );
  });

  test("leaves out what an operation does not have", () => {
    expect(
      jsonLineOf({
        id: 0,
        session: 4,
        component: "ledger",
        key: 7,
        other: null,
        kind: "read",
        argument: null,
        expected: null,
        result: null,
        results: null,
        invokedAtUs: 5,
        completedAtUs: Infinity,
        outcome: "unknown",
      }),
    ).toBe('{"session":4,"component":"ledger","key":7,"kind":"read","invokedAtUs":5,"outcome":"unknown"}');
  });

  test("may end with empty lines, and may be empty", () => {
    expect(readJsonLines([good, "", " "])).toHaveLength(1);
    expect(readJsonLines([])).toEqual([]);
  });

  test.each([
    ["half a line", [good.slice(0, 60)], "Line 1: is not JSON."],
    ["a list", ["[1,2]"], "Line 1: is not an object."],
    ["an empty line in the middle", [good, "", good], "Line 2: is empty, and more follows."],
    [
      "a word for a time",
      [changed({ invokedAtUs: "soon" })],
      'Line 1: invokedAtUs: expected a whole number of microseconds, got "soon".',
    ],
    [
      "a time before all time",
      [changed({ invokedAtUs: -1 })],
      "Line 1: invokedAtUs: expected a whole number of microseconds, got -1.",
    ],
    [
      "an operation nobody knows",
      [changed({ kind: "enthrone" })],
      `Line 1: kind: expected one of ${OPERATION_KINDS.join(", ")}, got "enthrone".`,
    ],
    ["a field nobody knows", [changed({ color: "red" })], "Line 1: color: is not a field of an operation."],
    [
      "a missing session",
      [changed({ session: undefined })],
      "Line 1: session: expected a whole number from 0, got nothing.",
    ],
    ["a write of nothing", [changed({ argument: undefined })], "Line 1: argument: is missing, and a write needs it."],
    ["a write with a result", [changed({ result: 3 })], "Line 1: result: a write has none."],
    [
      "an ok read without a result",
      [changed({ kind: "read", argument: undefined })],
      "Line 1: result: is missing, and a read that ended ok needs it.",
    ],
    [
      "an answer without a time",
      [changed({ completedAtUs: undefined })],
      "Line 1: completedAtUs: is missing, and the outcome is ok.",
    ],
    [
      "an answer before its question",
      [changed({ completedAtUs: 999 })],
      "Line 1: completedAtUs: the answer comes before the question.",
    ],
    [
      "a step back in time",
      [good, changed({ session: 5, invokedAtUs: 999 })],
      "Line 2: invokedAtUs: goes back in time, and a history is in the order of invocation.",
    ],
    [
      "two open operations of a session",
      [good, changed({ invokedAtUs: 2000 })],
      "Line 2: session 4 has two operations open at once.",
    ],
    [
      "a question of a closed session",
      [changed({ outcome: "unknown" }), changed({ invokedAtUs: 9000, completedAtUs: 9001 })],
      "Line 2: session 4 asks again although its last operation ended unknown.",
    ],
  ])("%s is refused by line and reason", (_, lines, sentence) => {
    expect(readJsonLines(lines)).toEqual({ refused: true, code: "badHistory", sentence });
  });
});

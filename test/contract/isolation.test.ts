import { describe, expect, test } from "vitest";
import { workloads } from "../../shared/checkers/workloads/registry.ts";
import type { Workload } from "../../shared/checkers/workloads/workload.ts";
import { isRefusal } from "../../shared/core/refusal.ts";
import { readJepsenEvents } from "../../shared/history/jepsenEvents.ts";

/**
 * Judges a history of transactions, each written as `<client> <end> <its steps in EDN>`. They overlap, but where a client
 * asks again all that was asked before has ended.
 */
function judged(model: "list-append" | "rw-register", level: string, lines: readonly string[]) {
  const workload = (workloads as Readonly<Record<string, Workload>>)[model]!;
  const rows = lines.map((line) => /^(\d+) (ok|fail|info) (.*)$/.exec(line)!);
  const event = (type: string, process: string, value: string) =>
    `{:process ${process}, :type :${type}, :f :txn, :value [${value}]}`;
  const open = new Set<string>();
  const text: string[] = [];
  const ends: string[] = [];
  for (const [, process = "", type = "", steps = ""] of rows) {
    if (open.has(process)) {
      text.push(...ends.splice(0));
      open.clear();
    }
    open.add(process);
    text.push(event("invoke", process, steps));
    ends.push(event(type, process, steps));
  }
  const pairs = readJepsenEvents([[...text, ...ends].join("\n")], "edn", (it) => workload.fits(it));
  if (isRefusal(pairs)) throw new Error(pairs.sentence);
  const verdict = workload.judge(pairs, level, {});
  return {
    outcome: verdict.outcome,
    names: verdict.outcome === "invalid" ? verdict.anomalies.map(({ name }) => name) : [],
  };
}

/** What is wrong, the weakest level that forbids it, and one that does not. */
const LISTS: readonly (readonly [
  name: string,
  forbidding: string,
  allowing: string | undefined,
  lines: readonly string[],
])[] = [
  [
    "G0",
    "read-uncommitted",
    undefined,
    ["0 ok [:append x 1] [:append y 1]", "1 ok [:append x 2] [:append y 2]", "2 ok [:r x [1 2]] [:r y [2 1]]"],
  ],
  ["G1a", "read-committed", "read-uncommitted", ["0 fail [:append x 1]", "1 ok [:r x [1]]"]],
  [
    "G1b",
    "read-committed",
    "read-uncommitted",
    ["0 ok [:append x 1] [:append x 2]", "1 ok [:r x [1]]", "2 ok [:r x [1 2]]"],
  ],
  ["G1c", "read-committed", "read-uncommitted", ["0 ok [:append x 1] [:r y [1]]", "1 ok [:append y 1] [:r x [1]]"]],
  ["internal", "read-atomic", "read-committed", ["0 ok [:append x 1] [:r x []]"]],
  ["G1c", "read-committed", "read-uncommitted", ["0 ok [:r x [1]] [:append x 1]"]],
  ["nonRepeatableRead", "item-cut-isolation", "read-committed", ["0 ok [:append x 1]", "1 ok [:r x []] [:r x [1]]"]],
  [
    "fracturedRead",
    "read-atomic",
    "monotonic-atomic-view",
    ["0 ok [:append x 1] [:append y 1]", "1 ok [:r x [1]] [:r y []]"],
  ],
  [
    "lostUpdate",
    "cursor-stability",
    "read-atomic",
    ["0 ok [:r x []] [:append x 1]", "1 ok [:r x []] [:append x 2]", "2 ok [:r x [1 2]]"],
  ],
  [
    "G-single",
    "consistent-view",
    "read-atomic",
    ["0 ok [:append x 1]", "1 ok [:r x [1]] [:append y 1]", "2 ok [:r y [1]] [:r x []]"],
  ],
  [
    "G-nonadjacent",
    "snapshot-isolation",
    "parallel-snapshot-isolation",
    ["0 ok [:append x 1]", "1 ok [:append y 1]", "2 ok [:r x [1]] [:r y []]", "3 ok [:r y [1]] [:r x []]"],
  ],
  ["G2-item", "serializable", "snapshot-isolation", ["0 ok [:r x []] [:append y 1]", "1 ok [:r y []] [:append x 1]"]],
  ["G-single-process", "strong-session-serializable", "serializable", ["0 ok [:append x 1]", "0 ok [:r x []]"]],
  [
    "G-single-realtime",
    "strict-serializable",
    "strong-session-serializable",
    ["0 ok [:append x 1]", "1 ok [:r y []]", "0 ok [:r y []]", "2 ok [:r x []]"],
  ],
  ["duplicateElement", "read-uncommitted", undefined, ["0 ok [:append x 1]", "1 ok [:r x [1 1]]"]],
  [
    "incompatibleOrder",
    "read-committed",
    "read-uncommitted",
    ["0 ok [:append x 1]", "1 ok [:append x 2]", "2 ok [:r x [1 2]]", "3 ok [:r x [2 1]]"],
  ],
];

describe("transactions that append to lists", () => {
  test.each(LISTS)("%s is forbidden by %s and allowed by %s", (name, forbidding, allowing, lines) => {
    const { outcome, names } = judged("list-append", forbidding, lines);
    expect(names).toContain(name);
    expect(outcome).toBe("invalid");
    if (allowing !== undefined) expect(judged("list-append", allowing, lines)).toEqual({ outcome: "valid", names: [] });
  });

  test("an append that nobody acknowledged has happened once it was read, and need not have otherwise", () => {
    const lines = ["0 info [:append x 1] [:append y 1]", "1 ok [:r x [1]]", "2 ok [:r y []]"];
    expect(judged("list-append", "serializable", lines).outcome).toBe("valid");
    expect(judged("list-append", "serializable", [...lines, "1 ok [:r y []]"]).outcome).toBe("valid");
    expect(judged("list-append", "strict-serializable", [...lines, "1 ok [:r y []]"]).outcome).toBe("invalid");
  });

  test("a value that was appended twice names no transaction: the verdict is unknown", () => {
    expect(
      judged("list-append", "serializable", ["0 ok [:append x 1]", "1 ok [:append x 1]", "2 ok [:r x [1]]"]).outcome,
    ).toBe("unknown");
  });
});

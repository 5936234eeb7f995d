import { expect, test } from "vitest";
import { isRefusal } from "../../shared/core/refusal.ts";
import { parseLevel } from "../../shared/level/parse.ts";
import { Match } from "../../shared/match/match.ts";
import type { Intent } from "../../shared/match/intent.ts";
import { ROLES } from "../../shared/match/roles.ts";

/** Three nodes with a chain per shard, and clients who read and write all the time. */
function matchOf(shards: number): Match {
  const line = { from: ["A"], to: "ledger", rate: "20/s" };
  const text = JSON.stringify({
    version: 1,
    title: "Chain",
    teaches: ["C1"],
    operators: "1-4",
    lasts: "40s",
    briefing: "Three nodes in a row.",
    zones: ["A", "B"],
    links: { "A-B": { p50: "5ms", p99: "12ms" } },
    nodes: { oak: { zone: "A" }, elm: { zone: "B" }, moss: { zone: "B" } },
    components: {
      edge: { kind: "balancer", in: ["A"], to: "ledger", local: false },
      ledger: { kind: "store", on: ["oak", "elm", "moss"], protocol: "chain", dial: ["linearizable"], keys: 5, shards },
      watch: { kind: "monitor", in: "B" },
    },
    workload: [
      { ...line, op: "write" },
      { ...line, op: "read" },
    ],
    contract: { ledger: { guarantee: "linearizable", wrongCosts: 1, answerWithin: "1s", giveUpAfter: "2s" } },
    slo: { availability: "90%", correctness: "90%" },
    faults: [{ at: "8s", kind: "crash", node: "oak", for: "12s" }],
    verbs: ["fence"],
    budget: 100,
    par: { spend: 100 },
    policies: { reference: [] },
    gates: { loses: ["idle"], taught: "fence" },
    debrief: "That was a chain.",
  });
  const level = parseLevel(text, "chain.yaml");
  if (isRefusal(level)) throw new Error(level.sentence);
  return new Match(level, "chain", [{ name: "Robin", roles: ROLES }]);
}

/** Plays it with an intent at some seconds; says what share of the requests begun between two times was answered. */
function played(match: Match, intents: Readonly<Record<number, Intent>>): (from: number, to: number) => number {
  while (!match.over) {
    const intent = intents[match.clockMs / 1_000];
    const answer = intent === undefined ? null : match.intend(0, intent);
    if (isRefusal(answer)) throw new Error(answer.sentence);
    match.advance();
  }
  const operations = [...match.record.history];
  return (from, to) => {
    const begun = operations.filter(({ invokedAtUs }) => invokedAtUs >= from * 1e6 && invokedAtUs < to * 1e6);
    return begun.filter(({ outcome }) => outcome === "ok").length / begun.length;
  };
}

test.each([1, 3])("operators fence the crashed head of a chain and let it in again, with %i shards", (shards) => {
  const match = matchOf(shards);
  const answered = played(match, {
    12: { verb: "fence", node: "oak", fenced: true },
    25: { verb: "fence", node: "oak", fenced: false },
  });
  expect(answered(1, 7)).toBeGreaterThan(0.99);
  expect(answered(9, 12)).toBeLessThan(0.8);
  expect(answered(17, 25)).toBeGreaterThan(0.99);
  expect(answered(29, 37)).toBeGreaterThan(0.99);
  expect(match.record.verdict("ledger").outcome).toBe("valid");
  const oak = match.view(0).nodes.find(({ name }) => name === "Oak");
  expect(oak?.replicas.map(({ role }) => role)).toEqual(Array.from({ length: shards }, () => "tail"));
});

test("without operators the chain writes nothing until its head is back", () => {
  const match = matchOf(1);
  const answered = played(match, {});
  expect(answered(9, 18)).toBeLessThan(0.8);
  expect(answered(24, 37)).toBeGreaterThan(0.99);
  expect(match.record.verdict("ledger").outcome).toBe("valid");
});

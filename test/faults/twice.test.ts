import { expect, test } from "vitest";
import { levelFrom } from "../match/level.ts";
import { play } from "../match/play.ts";

/** Writers of one crowded store, whose every message may come twice. */
const crowded = (faults: string) =>
  levelFrom(
    `
version: 1
title: Twice
teaches: [B3]
operators: 1-1
lasts: 20s
briefing: A crowded store on a link that repeats messages.
zones: [A]
nodes: { oak: { zone: A, workers: 1, queue: 1 } }
components:
  edge: { kind: balancer, in: [A], to: till }
  till: { kind: store, on: [oak], protocol: single, dial: [linearizable], keys: 5, writeTime: 20ms, readTime: 5ms }
  watch: { kind: monitor, in: A }
workload:
  - { from: A, to: till, op: write, rate: 30/s }
  - { from: A, to: till, op: read, rate: 30/s }
contract: { till: { guarantee: linearizable, wrongCosts: 1, answerWithin: 2s } }
slo: { availability: 1%, correctness: 1% }
faults: [${faults}]
verbs: [power]
budget: 9
par: { spend: 9 }
policies: { reference: [] }
gates: { loses: [idle], taught: power }
debrief: Over.
`,
    "test/twice.yaml",
  );

test("a no to one of two copies of a request is no word about the other, so nobody is told a lie", () => {
  const { match } = play(crowded("{ at: 0s, kind: duplicate, between: [A, A], share: 100% }"));
  const outcomes = [...match.record.history].map(({ outcome }) => outcome);
  expect(outcomes.filter((outcome) => outcome === "unknown").length).toBeGreaterThan(100);
  expect(outcomes.filter((outcome) => outcome === "fail")).toEqual([]);
  expect(match.record.verdict("till")).toEqual({ outcome: "valid" });
});

test("where nothing comes twice a no is definite", () => {
  const { match } = play(crowded(""));
  const outcomes = [...match.record.history].map(({ outcome }) => outcome);
  expect(outcomes.filter((outcome) => outcome === "fail").length).toBeGreaterThan(100);
  expect(outcomes.filter((outcome) => outcome === "unknown")).toEqual([]);
});

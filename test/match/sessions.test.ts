import { describe, expect, test } from "vitest";
import type { Level } from "../../shared/level/schema.ts";
import type { Operation } from "../../shared/history/operation.ts";
import { ALL_WEATHERS, levelFrom } from "./level.ts";
import { play } from "./play.ts";

/** A calm sea and one store at `session`, read and written on every side, some keys much more than others. */
function calm(protocol: string, shards: number): Level {
  const line = { from: ["A", "B", "C"], to: "book", rate: "20/s", keys: "zipf 1.2" };
  const text = JSON.stringify({
    version: 1,
    title: "Calm",
    teaches: ["C7"],
    operators: "1-1",
    lasts: "20s",
    briefing: "Nothing happens.",
    zones: ["A", "B", "C"],
    nodes: { oak: { zone: "A" }, elm: { zone: "B" }, moss: { zone: "C" } },
    components: {
      edge: { kind: "balancer", in: ["A", "B", "C"], to: "book" },
      book: { kind: "store", on: ["oak", "elm", "moss"], protocol, shards, dial: ["session"], keys: 40 },
      watch: { kind: "monitor", in: "A" },
    },
    workload: [
      { ...line, op: "read" },
      { ...line, op: "write" },
    ],
    contract: { book: { guarantee: "session", wrongCosts: 1, answerWithin: "1s" } },
    slo: { availability: "99%", correctness: "100%" },
    verbs: ["dial"],
    budget: 10,
    par: { spend: 10 },
    policies: { reference: [] },
    gates: { loses: ["idle"], taught: "dial" },
    debrief: "Nothing happened.",
  });
  return levelFrom(text, "calm.yaml");
}

describe("a session", () => {
  test.each([
    { protocol: "primaryBackup", shards: 1 },
    { protocol: "primaryBackup", shards: 4 },
    { protocol: "raft", shards: 4 },
    { protocol: "quorum", shards: 4 },
  ])(
    "keeps its place in the log of each shard: $protocol with $shards shards keeps the promise and refuses nobody",
    ({ protocol, shards }) => {
      const { counts, total } = play(calm(protocol, shards)).match.debrief();
      expect(counts.wrong).toBe(0);
      expect(total).toBeGreaterThan(2_000);
      // Raft has to elect its leaders first.
      expect(counts.refused / total).toBeLessThan(protocol === "raft" ? 0.01 : 0.001);
    },
  );

  test("asks one thing at a time, and what got no clear answer is asked no further by the same session", () => {
    const { match } = play(ALL_WEATHERS, { seed: "sessions" });
    const last = new Map<number, Operation>();
    let closed = 0;
    for (const operation of match.record.history) {
      const before = last.get(operation.session);
      if (before !== undefined) {
        expect(before.completedAtUs).toBeLessThanOrEqual(operation.invokedAtUs);
        expect(before.outcome).not.toBe("unknown");
        expect(before.component).toBe(operation.component);
      }
      if (operation.outcome === "unknown") closed++;
      last.set(operation.session, operation);
    }
    expect(closed).toBeGreaterThan(50);
  });

  test("writes a value that nobody else writes, so that a read names the one write it saw", () => {
    const { match } = play(ALL_WEATHERS, { seed: "values" });
    const operations = [...match.record.history];
    const written = operations.filter(({ kind }) => kind !== "read" && kind !== "scan");
    expect(new Set(written.map(({ argument }) => argument)).size).toBe(written.length);
    const writer = new Map(written.map((operation) => [operation.argument, operation]));
    for (const { kind, outcome, result, key, component } of operations) {
      if (kind !== "read" || outcome !== "ok" || result === null) continue;
      expect(writer.get(result)).toMatchObject({ key, component });
    }
  });
});

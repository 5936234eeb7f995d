import { describe, expect, test } from "vitest";
import { EvidenceRecorder } from "../../shared/match/evidence/evidenceRecorder.ts";
import type { Evidence } from "../../shared/match/evidence/evidence.ts";
import { MessageLog } from "../../shared/match/evidence/messageLog.ts";
import { Match } from "../../shared/match/match.ts";
import { Replay } from "../../shared/match/replay.ts";
import type { Level } from "../../shared/level/schema.ts";
import { levelFrom, readLevel } from "./level.ts";
import { crewOf, play } from "./play.ts";

/** Five quiet seconds of a store with a replica each in three zones, ten fixed milliseconds apart. */
function quietLevel(store: string, { faults = "[]", entrance = "A" } = {}): Level {
  return levelFrom(
    `
version: 1
title: Quiet
teaches: [C1]
operators: 1-1
lasts: 5s
briefing: Few requests.
zones: [A, B, C]
within: { p50: 1ms, p99: 1ms }
links:
  A-B: { p50: 10ms, p99: 10ms }
  A-C: { p50: 20ms, p99: 20ms }
  B-C: { p50: 10ms, p99: 10ms }
nodes:
  oak: { zone: A }
  elm: { zone: B }
  moss: { zone: C }
components:
  edge: { kind: balancer, in: [A, B, C], to: ledger }
  ledger: { kind: store, on: [oak, elm, moss], keys: 50, readTime: 1ms, writeTime: 1ms, spread: fixed, ${store} }
  watch: { kind: monitor, in: B }
workload:
  - { from: [${entrance}], to: ledger, op: write, rate: 2/s, begins: 2s }
  - { from: [${entrance}], to: ledger, op: read, rate: 2/s, begins: 2s }
contract:
  ledger: { guarantee: eventual, wrongCosts: 1, answerWithin: 400ms }
slo: { availability: 50%, correctness: 50% }
faults: ${faults}
verbs: [dial]
budget: 4
par: { spend: 3 }
policies:
  reference: []
gates: { loses: [idle], taught: dial }
debrief: It was quiet.
`,
    "levels/quiet.yaml",
  );
}

/** What was said for the first operation of a kind after a moment, found out by playing the match again. */
function evidenceOf(level: Level, kind: string, afterMs = 2_000): { evidence: Evidence; operation: number } {
  const { match } = play(level, { seed: "quiet" });
  const found = [...match.record.history].find((one) => one.kind === kind && one.invokedAtUs >= afterMs * 1_000)!;
  const again = new Match(level, "quiet", crewOf(1));
  const recorder = new EvidenceRecorder(again, [found.id]);
  new Replay(again, match.log).run(Infinity);
  expect(again.stateHash()).toBe(match.stateHash());
  return { evidence: recorder.evidence(), operation: found.id };
}

/** The messages as lines of prose, with clients and values by what they are and not by their numbers. */
function transcript({ messages }: Evidence): string[] {
  return messages.map(({ from, to, words, fate }) => {
    const who = (name: string): string => name.replace(/client .*/, "client");
    const what = words.replace(/write \d+/, "write").replace(/→ \d+/, "→ value").replace(/(store|has|news:|handoff:) \d+/, "$1 value");
    return `${who(from)} → ${who(to)}: ${what}${fate === "arrived" ? "" : `, ${fate}`}`;
  });
}

/** Zone C cut off from before the first request until two seconds in. */
const CUT = "[{ at: 1s, kind: partition, sides: [[A, B], [C]], for: 2s }]";

describe("what was said for a write", () => {
  test("primary and backups: acknowledged before a backup has it, and brought to the cut-off one when the cut is over", () => {
    const { evidence, operation } = evidenceOf(quietLevel("protocol: primaryBackup, primary: oak, dial: [session]", { faults: CUT }), "write");
    expect(transcript(evidence)).toEqual([
      "client → Oak: write",
      "Oak → client: ok",
      "Oak → Elm: append 1: write",
      "Elm → Oak: ack 1",
      "Oak → Moss: append 3: 3 writes",
      "Moss → Oak: ack 3",
    ]);
    expect(evidence.answers).toMatchObject([{ operation, node: "Oak", role: "primary", position: 1, behind: 0, copies: 1, replicas: 3 }]);
  });

  test("primary and backups in mode sync: every one has it before the client hears of it", () => {
    const { evidence } = evidenceOf(quietLevel("protocol: primaryBackup, mode: sync, primary: oak, dial: [linearizable]"), "write");
    expect(transcript(evidence)).toEqual([
      "client → Oak: write",
      "Oak → Elm: append 1: write",
      "Oak → Moss: append 1: write",
      "Elm → Oak: ack 1",
      "Moss → Oak: ack 1",
      "Oak → client: ok",
    ]);
    expect(evidence.answers).toMatchObject([{ copies: 3, replicas: 3 }]);
  });

  test("raft: two of three are a quorum, and the third hears of it from the leader after the cut", () => {
    const { evidence } = evidenceOf(quietLevel("protocol: raft, dial: [linearizable]", { faults: CUT }), "write");
    expect(transcript(evidence)).toEqual([
      "client → Oak: write",
      "Oak → Elm: AppendEntries 2: write",
      "Elm → Oak: ack 2",
      "Oak → client: ok",
      "Elm → Moss: AppendEntries 5: 4 writes",
      "Moss → Elm: ack 5",
    ]);
    expect(evidence.answers).toMatchObject([{ role: "leader", term: 1, copies: 2, replicas: 3 }]);
  });

  test("quorum: the copy for the cut-off replica is lost, and handed over by hint afterwards", () => {
    const store = "protocol: quorum, readQuorum: 2, writeQuorum: 2, dial: [eventual]";
    const { evidence } = evidenceOf(quietLevel(store, { faults: CUT }), "write");
    expect(transcript(evidence)).toEqual([
      "client → Oak: write",
      "Oak → Elm: store value",
      "Oak → Moss: store value, cut",
      "Elm → Oak: stored",
      "Oak → client: ok",
      "Oak → Moss: hinted handoff: value",
      "Moss → Oak: has value",
    ]);
    const lost = evidence.messages[2]!;
    expect([lost.arrivedAtMs, lost.dueAtMs - lost.sentAtMs]).toEqual([-1, 20]);
  });

  test("quorum, linearizable: versions are asked for first", () => {
    const store = "protocol: quorum, readQuorum: 2, writeQuorum: 2, dial: [linearizable]";
    const { evidence } = evidenceOf(quietLevel(store), "write");
    expect(transcript(evidence).slice(1, 7)).toEqual([
      "Oak → Elm: your version, before a write?",
      "Oak → Moss: your version, before a write?",
      "Elm → Oak: has nothing",
      "Moss → Oak: has nothing",
      "Oak → Elm: store value",
      "Oak → Moss: store value",
    ]);
  });

  test("chain: down to the tail, whose word goes to everybody", () => {
    const { evidence } = evidenceOf(quietLevel("protocol: chain, dial: [linearizable]"), "write");
    expect(transcript(evidence)).toEqual([
      "client → Oak: write",
      "Oak → Elm: forward 1: write",
      "Elm → Moss: forward 1: write",
      "Elm → Oak: holds all up to 1",
      "Moss → Oak: ack 1",
      "Moss → Elm: ack 1",
      "Oak → client: ok",
    ]);
    expect(evidence.nodes.map(({ node, role }) => `${node} ${role}`)).toEqual(["Oak head", "Elm middle", "Moss tail"]);
  });

  test("gossip: rounds carry it from one to the next until all have it, and later rounds are no part of it", () => {
    const { evidence } = evidenceOf(quietLevel("protocol: gossip, dial: [eventual], gossip: { style: push }"), "write");
    const told = transcript(evidence);
    expect(told.slice(0, 2)).toEqual(["client → Oak: write", "Oak → client: ok"]);
    // Whom a round goes to is luck: it is told until the last of the others has heard it.
    const news = told.filter((line) => line.endsWith(": news: value")).map((line) => line.split(/ → |: /));
    expect(told.slice(2)).toEqual(news.flatMap(([from, to]) => [`${from} → ${to}: news: value`, `${to} → ${from}: heard`]));
    const others = news.map(([, to]) => to).filter((to) => to !== "Oak");
    expect(new Set(others)).toEqual(new Set(["Elm", "Moss"]));
    expect(new Set(others.slice(0, -1)).size).toBe(1);
  });
});

describe("what was said for a read", () => {
  test("raft, at a follower: the leader makes sure that it leads before it says how far to apply", () => {
    const level = quietLevel("protocol: raft, dial: [linearizable], reads: follower", { entrance: "B" });
    const { evidence } = evidenceOf(level, "read");
    expect(transcript(evidence)).toEqual([
      "client → Elm: read",
      "Elm → Oak: ReadIndex?",
      "Oak → Elm: AppendEntries: heartbeat, term 1",
      "Oak → Moss: AppendEntries: heartbeat, term 1",
      "Elm → Oak: ack 1",
      "Moss → Oak: ack 1",
      "Oak → Elm: ReadIndex 1",
      "Elm → client: ok",
    ]);
  });

  test("a backup behind a cut answers alone, and it is told how far behind it is", () => {
    const level = readLevel("test/levels/01-short-cut.yaml");
    const { match } = play(level, { seed: "7" });
    const story = match.debrief().stories[0]!;
    const again = new Match(level, "7", crewOf(1));
    const operations = story.operations.map(({ id }) => id);
    const recorder = new EvidenceRecorder(again, operations);
    new Replay(again, match.log).run(Infinity);
    const { messages, answers, traces } = recorder.evidence();
    const blamed = story.operations.find((one) => one.blamed)!;
    const said = messages.filter((one) => one.operation === blamed.id);
    expect(said.map(({ from, to }) => [from, to])).toEqual([
      [`client ${blamed.client}`, blamed.node],
      [blamed.node, `client ${blamed.client}`],
    ]);
    expect(said.map(({ sentAtMs, arrivedAtMs }) => [sentAtMs, arrivedAtMs]).flat()).toEqual(
      expect.arrayContaining([blamed.invokedAtMs, blamed.completedAtMs]),
    );
    const state = answers.find((one) => one.operation === blamed.id)!;
    expect(state).toMatchObject({ node: blamed.node, role: "backup", copies: 0 });
    expect(state.behind).toBeGreaterThan(0);
    expect(traces.map((trace) => trace.operation)).toEqual([...new Set(operations)]);
    expect(traces.every((trace) => trace.spans.length > 0)).toBe(true);
  });
});

describe("what was said among other nodes than replicas", () => {
  test("a queue's message that poisons its consumers is delivered again and again until it is given up", () => {
    const level = readLevel("test/levels/03-async.yaml");
    const { match } = play(level, { seed: "7" });
    const story = match.debrief().stories.find(({ name }) => name === "lostElement")!;
    const again = new Match(level, "7", crewOf(1));
    const recorder = new EvidenceRecorder(again, [story.operations[0]!.id]);
    new Replay(again, match.log).run(Infinity);
    const brought = recorder.evidence().messages.filter(({ kind }) => kind === "carry");
    expect(brought.map(({ words }) => words)).toEqual(["batch", "redelivery", "redelivery", "redelivery"]);
    expect(new Set(brought.map(({ to }) => to)).size).toBe(1);
  });
});

describe("what is under way", () => {
  test("at a moment: sent by then and not yet there, in words, as many as are wanted", () => {
    const level = quietLevel("protocol: raft, dial: [linearizable]", { faults: CUT });
    const match = new Match(level, "quiet", crewOf(1));
    const log = new MessageLog(match);
    const seen = new Set<string>();
    const plain = play(level, { seed: "quiet" }).match;
    while (!match.over) {
      match.advance();
      // What goes on a timer leaves at whole ticks here: a little before one, the rest can be seen too.
      const atMs = match.clockMs - 40;
      const flying = log.inFlight(atMs, 40);
      for (const { from, to, words, sentAtMs, arrivesAtMs, fate } of flying) {
        expect(sentAtMs).toBeLessThanOrEqual(atMs);
        expect(arrivesAtMs).toBeGreaterThan(atMs);
        seen.add(`${from} ${to} ${words.replace(/\d+/g, "#")} ${fate}`);
      }
      expect(log.inFlight(atMs, 2).length).toBe(Math.min(2, flying.length));
    }
    expect(match.stateHash()).toBe(plain.stateHash());
    expect([...seen]).toContain("n0 n1 AppendEntries #: write # arrived");
    expect([...seen]).toContain("z0 z2 lane probe cut");
  });
});

import { describe, expect, test } from "vitest";
import type { Store } from "../../shared/components/store/store.ts";
import { store } from "../../shared/components/store/store.ts";
import { StoreConfig } from "../../shared/components/store/config.ts";
import { isRefusal } from "../../shared/core/refusal.ts";
import { Match } from "../../shared/match/match.ts";
import { levelFrom } from "../match/level.ts";
import { crewOf } from "../match/play.ts";
import { playTo } from "./watchedLevel.ts";

/** Three who vote, one who stands by; oak dies for good after five seconds. */
const LEVEL = `
version: 1
title: A spare
teaches: [C6]
operators: 1-1
lasts: 40s
briefing: One of three dies, one stands by.
zones: [A, B, C]
links:
  A-B: { p50: 10ms, p99: 30ms }
  A-C: { p50: 15ms, p99: 40ms }
  B-C: { p50: 10ms, p99: 30ms }
nodes:
  oak: { zone: A }
  elm: { zone: B }
  moss: { zone: C }
  fern: { zone: A }
components:
  edge: { kind: balancer, in: [A, B, C], policy: roundRobin, to: ledger }
  ledger: { kind: store, on: [elm, oak, moss], spares: [fern], protocol: raft, dial: [linearizable], keys: 20 }
  watch: { kind: monitor, in: B }
workload:
  - { from: [A, B, C], to: ledger, op: write, rate: 10/s }
  - { from: [A, B, C], to: ledger, op: read, rate: 10/s }
contract:
  ledger: { guarantee: linearizable, wrongCosts: 5, answerWithin: 400ms }
slo: { availability: 95%, correctness: 99% }
faults:
  - { at: 5s, kind: crash, node: oak }
verbs: [member]
budget: 4
par: { spend: 3 }
policies:
  reference: []
gates: { loses: [idle], taught: member }
debrief: A spare.
`;

const NODES = ["oak", "elm", "moss", "fern"];

/** What each node's replica says of itself. */
function roles(match: Match): Record<string, string> {
  const ledger = match.cluster.component("ledger") as Store;
  return Object.fromEntries(ledger.placed.map(({ replica, node }) => [NODES[node], replica.status()?.role ?? ""]));
}

describe("a spare of a store", () => {
  test("stands by, unasked by clients, until operators put it in the place of a node that is gone", () => {
    const match = new Match(levelFrom(LEVEL, "spare.yaml"), "spare", crewOf(1));
    const ledger = match.cluster.component("ledger") as Store;
    const asked = (): (string | undefined)[] => ledger.instancesFor(0).map(({ node }) => NODES[node]);
    playTo(match, 8);
    expect(roles(match)).toMatchObject({ elm: "leader", moss: "follower", fern: "learner" });
    expect(asked()).toEqual(["elm", "oak", "moss"]);

    expect(isRefusal(match.intend(0, { verb: "member", store: "ledger", node: "fern", joined: true }))).toBe(false);
    playTo(match, 12);
    expect(roles(match)).toMatchObject({ elm: "leader", moss: "follower", fern: "follower" });
    expect(asked()).toContain("fern");

    expect(isRefusal(match.intend(0, { verb: "member", store: "ledger", node: "oak", joined: false }))).toBe(false);
    playTo(match, 16);
    // Two of the three who vote now are enough again.
    match.cluster.world.crash(match.cluster.world.machines[NODES.indexOf("moss")]!);
    const before = ledger.placed[0]!.replica.status()!.position;
    playTo(match, 22);
    expect(roles(match)).toMatchObject({ elm: "leader", fern: "follower" });
    expect(ledger.placed[0]!.replica.status()!.position).toBeGreaterThan(before + 20);
  });

  test("without that, two lost of three are one too many", () => {
    const match = new Match(levelFrom(LEVEL, "spare.yaml"), "spare", crewOf(1));
    playTo(match, 16);
    match.cluster.world.crash(match.cluster.world.machines[NODES.indexOf("moss")]!);
    playTo(match, 22);
    expect(roles(match)["elm"]).not.toBe("leader");
  });

  test.each([
    { change: { protocol: "quorum" }, problem: "spares: only raft can take them in, not quorum" },
    { change: { spares: ["elm"] }, problem: 'spares: "elm" holds a replica already' },
    { change: { spares: ["fern", "fern"] }, problem: 'spares: "fern" holds a replica already' },
  ])("is refused: $problem", ({ change, problem }) => {
    const config = { kind: "store", on: ["elm", "oak"], spares: ["fern"], protocol: "raft", dial: ["linearizable"] };
    expect(store.problems!(StoreConfig.parse({ ...config, ...change }))).toContain(problem);
  });
});

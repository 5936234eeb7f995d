import type { BuiltMembership } from "../../shared/components/membership/membership.ts";
import type { Supervisor } from "../../shared/components/store/failover.ts";
import type { Store } from "../../shared/components/store/store.ts";
import { invariant } from "../../shared/core/invariant.ts";
import { Match } from "../../shared/match/match.ts";
import { levelFrom } from "../match/level.ts";
import { crewOf } from "../match/play.ts";

/** Lines of a level in which agents watch the nodes of a ledger: one node and one crowd of clients a zone. */
export interface WatchedSetup {
  /** Lines of the membership besides its kind and place, such as "detector: swim". */
  readonly agents: string;
  /** More lines of the ledger, such as "failover: peers". */
  readonly ledger?: string;
  readonly edge?: string;
  /** One line a fault, such as "{ at: 5s, kind: crash, node: oak }". */
  readonly faults?: readonly string[];
  readonly writesPerSecond?: number;
}

function watchedLevel({
  agents,
  ledger = "dial: [linearizable]",
  edge = "health: peers",
  faults = [],
  writesPerSecond = 10,
}: WatchedSetup): string {
  return `
version: 1
title: Watched
teaches: [B5]
operators: 1-1
lasts: 40s
briefing: Agents watch.
zones: [A, B, C]
links:
  A-B: { p50: 10ms, p99: 30ms }
  A-C: { p50: 15ms, p99: 40ms }
  B-C: { p50: 10ms, p99: 30ms }
nodes:
  oak: { zone: A }
  elm: { zone: B }
  moss: { zone: C }
components:
  edge: { kind: balancer, in: [A, B, C], policy: roundRobin, to: ledger, ${edge} }
  ledger: { kind: store, on: [oak, elm, moss], protocol: primaryBackup, keys: 20, ${ledger} }
  peers: { kind: membership, on: [oak, elm, moss], ${agents} }
  watch: { kind: monitor, in: B }
workload:
  - { from: [A, B, C], to: ledger, op: write, rate: ${writesPerSecond}/s }
  - { from: [A, B, C], to: ledger, op: read, rate: ${2 * writesPerSecond}/s }
contract:
  ledger: { guarantee: linearizable, wrongCosts: 5, answerWithin: 400ms }
slo: { availability: 95%, correctness: 99% }
faults:${faults.length === 0 ? " []" : faults.map((fault) => `\n  - ${fault}`).join("")}
verbs: [promote]
budget: 4
par: { spend: 3 }
policies:
  reference: []
gates: { loses: [idle], taught: promote }
debrief: Agents watched.
`;
}

/** A match on such a level, and its parts by their own types. */
export interface Watched {
  readonly match: Match;
  readonly peers: BuiltMembership;
  readonly ledger: Store;
  readonly supervisor: Supervisor;
  /** False suspicions and true ones, of all agents together. */
  suspicions(): number;
  /** Nodes whose replica believes that it leads. */
  primaries(): string[];
}

/** Begins a match; the seed stands in the name of the test that fails. */
export function watched(setup: WatchedSetup, seed = "watched"): Watched {
  const match = new Match(levelFrom(watchedLevel(setup), "watched.yaml"), seed, crewOf(1));
  const { cluster } = match;
  const peers = cluster.component("peers") as BuiltMembership;
  const ledger = cluster.component("ledger") as Store;
  return {
    match,
    peers,
    ledger,
    get supervisor() {
      invariant(ledger.supervisor !== null, "watched: the ledger has no supervisor");
      return ledger.supervisor;
    },
    suspicions: () => peers.agents.reduce((sum, agent) => sum + agent.suspicions, 0),
    primaries: () =>
      ledger.placed.flatMap(({ replica, node }) =>
        replica.status()?.role === "primary" && cluster.world.machines[node]!.state === "up"
          ? [cluster.nodeNames[node]!]
          : [],
      ),
  };
}

/** Plays on to a second of the match. */
export function playTo(match: Match, seconds: number): void {
  while (!match.over && match.clockMs < seconds * 1_000) match.advance();
}

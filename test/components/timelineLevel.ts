import type { BuiltTimeline } from "../../shared/components/timeline/timeline.ts";
import type { Level } from "../../shared/level/schema.ts";
import type { Match } from "../../shared/match/match.ts";
import { levelFrom } from "../match/level.ts";

/** Two zones with two nodes each; most users read, some post, a few follow somebody new. */
export function feedLevel({
  feed = "",
  faults = "[]",
  lasts = "15s",
  posts = 4,
  reads = 20,
  postsEnd = "",
} = {}): Level {
  return levelFrom(
    `
version: 1
title: Feeds
teaches: [D3]
operators: 1-4
lasts: ${lasts}
briefing: Everybody reads.
zones: [A, B]
links:
  A-B: { p50: 20ms, p99: 40ms }
nodes:
  oak: { zone: A, workers: 2 }
  pike: { zone: A, workers: 2 }
  elm: { zone: B, workers: 2 }
  reed: { zone: B, workers: 2 }
components:
  edge: { kind: balancer, in: [A, B], policy: random, local: true, to: feed }
  feed: { kind: timeline, on: [oak, pike, elm, reed], users: 300, follows: 12, ${feed} }
  watch: { kind: monitor, in: B }
workload:
  - { from: [A, B], to: feed, op: post, rate: ${posts}/s, keys: zipf 0.99, ends: ${postsEnd || lasts} }
  - { from: [A, B], to: feed, op: timeline, rate: ${reads}/s }
  - { from: [A], to: feed, op: follow, rate: 1/s, others: zipf 0.99, ends: ${postsEnd || lasts} }
contract:
  feed: { guarantee: freshTimeline, bound: 2s, wrongCosts: 1, answerWithin: 300ms }
slo: { availability: 90%, correctness: 99% }
faults: ${faults}
verbs: [fence, restart, repairLink]
budget: 9
par: { spend: 9 }
policies: { reference: [] }
gates: { loses: [idle], taught: fence }
debrief: They read.
`,
    "test/levels/99-feeds.yaml",
  );
}

export function feedOf(match: Match): BuiltTimeline {
  return match.cluster.component("feed") as unknown as BuiltTimeline;
}

import type { Level } from "../../shared/level/schema.ts";
import { levelFrom } from "../match/level.ts";

/** What a test changes about the shop. */
interface Change {
  /** Lines of `faults`, without the dash. */
  readonly faults?: readonly string[];
  /** Further fields of the bank. */
  readonly bank?: string;
  readonly prices?: string;
}

/** A shop in zone A with its goods on three nodes in three zones, a bank in zone B, and a standby: 30 seconds. */
export function shop({ faults = [], bank = "idempotent: true", prices = "{}" }: Change = {}): Level {
  return levelFrom(
    `
version: 1
title: A shop
teaches: [F6]
operators: 1-4
lasts: 30s
briefing: A shop sells and is paid.
zones: [A, B, C]
nodes:
  pike: { zone: A, workers: 2 }
  oak: { zone: A, workers: 2 }
  elm: { zone: B, workers: 2 }
  moss: { zone: C, workers: 2 }
  kelp: { zone: C, standby: true, price: 0.6 }
components:
  edge: { kind: balancer, in: [A], to: [api, goods] }
  api: { kind: service, on: [pike], calls: bank, timeout: 1s, attempts: 1 }
  goods: { kind: store, on: [oak, elm, moss], protocol: raft, dial: [linearizable], keys: 40 }
  bank: { kind: partner, in: B, p50: 20ms, p99: 60ms, ${bank} }
  watch: { kind: monitor, in: A }
workload:
  - { from: A, to: bank, op: write, rate: 20/s }
  - { from: A, to: goods, op: read, rate: 30/s }
  - { from: A, to: goods, op: write, rate: 10/s }
contract:
  bank: { guarantee: eventual, wrongCosts: 1, answerWithin: 1s }
  goods: { guarantee: linearizable, wrongCosts: 1, answerWithin: 500ms }
slo: { availability: 90%, correctness: 99% }
faults: [${faults.join(", ")}]
verbs: [power, restart, rollback, instrument]
prices: ${prices}
crews: 1
budget: 20
par: { spend: 10 }
policies: { reference: [] }
gates: { loses: [idle], taught: power }
debrief: Over.
`,
    "test/shop.yaml",
  );
}

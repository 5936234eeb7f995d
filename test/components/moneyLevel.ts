import type { Built } from "../../shared/components/site.ts";
import type { BuiltLedger } from "../../shared/components/ledger/ledger.ts";
import type { Level } from "../../shared/level/schema.ts";
import type { Operation } from "../../shared/history/operation.ts";
import { Match } from "../../shared/match/match.ts";
import { levelFrom } from "../match/level.ts";
import { crewOf } from "../match/play.ts";

/** Three zones with a node each, and whatever a test puts there. */
const FRAME = `
version: 1
title: Money
teaches: [C2]
operators: 1-4
lasts: 12s
briefing: Money moves.
zones: [A, B, C]
links:
  A-B: { p50: 10ms, p99: 20ms }
  A-C: { p50: 10ms, p99: 20ms }
  B-C: { p50: 10ms, p99: 20ms }
nodes:
  oak: { zone: A, workers: 2 }
  elm: { zone: B, workers: 2 }
  moss: { zone: C, workers: 2 }
slo: { availability: 90%, correctness: 99% }
verbs: [fence, restart, repairLink]
budget: 9
par: { spend: 9 }
policies: { reference: [] }
gates: { loses: [idle], taught: fence }
debrief: It moved.
`;

/** A level with these components, workload, contract and faults, each as YAML. */
export function moneyLevel(parts: {
  components: string;
  workload: string;
  contract: string;
  faults?: string;
  lasts?: string;
}): Level {
  const { components, workload, contract, faults = "faults: []", lasts = "12s" } = parts;
  const edge = "  edge: { kind: balancer, in: [A, B, C], policy: random, local: true, to: bank }";
  const text = `${FRAME.replace("12s", lasts)}\ncomponents:\n${components.includes("balancer") ? "" : `${edge}\n`}  watch: { kind: monitor, in: B }\n${components}\nworkload:\n${workload}\ncontract:\n${contract}\n${faults}\n`;
  return levelFrom(text, "test/levels/99-money.yaml");
}

/** Plays a level to its end, doing something at some of its ticks (20 a second). */
export function played(level: Level, seed: string, at: Readonly<Record<number, (match: Match) => void>> = {}): Match {
  const match = new Match(level, seed, crewOf(1));
  while (!match.over) {
    at[match.tick]?.(match);
    match.advance();
  }
  return match;
}

export function bankOf(match: Match, name = "bank"): BuiltLedger {
  return match.cluster.component(name) as unknown as BuiltLedger;
}

/** The history of one component. */
export function historyOf(match: Match, name = "bank"): Operation[] {
  return [...match.record.history].filter(({ component }) => component === name);
}

/** Share of the operations of a kind that were answered, asked from a zone; from all when there is none. */
export function answered(match: Match, kind: Operation["kind"], zone = -1, component = "bank"): number {
  const asked = historyOf(match, component).filter(
    (it) => it.kind === kind && (zone < 0 || match.record.zoneOf(it.id) === zone),
  );
  return (
    asked.filter(({ outcome, completedAtUs }) => outcome === "ok" && completedAtUs < Infinity).length / asked.length
  );
}

/** Sets a figure of a component as operators do. */
export function set(match: Match, component: string, setting: string, value: number): void {
  const built: Built | undefined = match.cluster.component(component);
  built!.settings!.find(({ name }) => name === setting)!.set(value);
}

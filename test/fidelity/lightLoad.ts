import { isRefusal } from "../../shared/core/refusal.ts";
import type { Operation } from "../../shared/history/operation.ts";
import { parseLevel } from "../../shared/level/parse.ts";
import type { Level } from "../../shared/level/schema.ts";
import { Match } from "../../shared/match/match.ts";
import { ROLES } from "../../shared/match/roles.ts";

/** What clients measured of a store that has next to nothing to do, ms, and what its dial had promised. */
export interface LightLoad {
  readonly measured: Readonly<Record<Figure, number>>;
  readonly promised: Readonly<Record<Figure, number>>;
}

export const FIGURES = ["readMsP50", "readMsP99", "writeMsP50", "writeMsP99"] as const;
export type Figure = (typeof FIGURES)[number];

/** Ten minutes at six requests a second: 1,800 reads and as many writes. */
const LASTS_SECONDS = 600;

function levelOf(store: Readonly<Record<string, unknown>>): Level {
  const line = { from: ["A", "B", "C"], to: "ledger", rate: "3/s" };
  const text = JSON.stringify({
    version: 1,
    title: "Light load",
    teaches: ["C4"],
    operators: "1-4",
    lasts: `${LASTS_SECONDS}s`,
    briefing: "Three zones, and hardly anybody there.",
    zones: ["A", "B", "C"],
    links: { "A-B": { p50: "12ms", p99: "30ms" }, "A-C": { p50: "30ms", p99: "70ms" }, "B-C": { p50: "20ms", p99: "45ms" } },
    nodes: { oak: { zone: "A", workers: 4 }, elm: { zone: "B", workers: 4 }, moss: { zone: "C", workers: 4 } },
    components: {
      edge: { kind: "balancer", in: ["A", "B", "C"], to: "ledger" },
      ledger: { kind: "store", on: ["oak", "elm", "moss"], readTime: "6ms", writeTime: "8ms", ...store },
      watch: { kind: "monitor", in: "B" },
    },
    workload: [
      { ...line, op: "write" },
      { ...line, op: "read" },
    ],
    contract: { ledger: { guarantee: "eventual", wrongCosts: 1, answerWithin: "2s", giveUpAfter: "4s" } },
    slo: { availability: "90%", correctness: "90%" },
    faults: [],
    verbs: ["dial"],
    budget: 100,
    par: { spend: 100 },
    policies: { reference: [] },
    gates: { loses: ["idle"], taught: "dial" },
    debrief: "That was quiet.",
  });
  const level = parseLevel(text, "lightLoad.yaml");
  if (isRefusal(level)) throw new Error(level.sentence);
  return level;
}

/** Plays it, and compares what clients waited with the dial. */
export function playLightLoad(store: Readonly<Record<string, unknown>>, seed: string): LightLoad {
  const match = new Match(levelOf(store), seed, [{ name: "Robin", roles: ROLES }]);
  while (!match.over) match.advance();
  const { dial } = match.view(0).components.find(({ name }) => name === "ledger")!;
  const answered = [...match.record.history].filter(({ outcome }) => outcome === "ok");
  const waited = (kind: Operation["kind"]): number[] =>
    answered
      .filter((operation) => operation.kind === kind)
      .map(({ invokedAtUs, completedAtUs }) => (completedAtUs - invokedAtUs) / 1_000)
      .sort((a, b) => a - b);
  const [reads, writes] = [waited("read"), waited("write")];
  const at = (times: readonly number[], share: number): number => times[Math.floor(times.length * share)]!;
  return {
    measured: {
      readMsP50: at(reads, 0.5),
      readMsP99: at(reads, 0.99),
      writeMsP50: at(writes, 0.5),
      writeMsP99: at(writes, 0.99),
    },
    promised: dial!.stops[dial!.at]!,
  };
}

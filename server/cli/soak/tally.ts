import type { Played } from "./play.ts";
import { COLUMNS, type Column } from "./promises.ts";
import type { Scenario } from "./sketch.ts";

/** What a soak has done so far. */
export interface Tally {
  runs: number;
  simulatedMs: number;
  events: number;
  operations: number;
  readonly subjects: Map<string, number>;
  readonly faults: Map<string, number>;
  /** Intents that were accepted, by verb. */
  readonly intents: Map<string, number>;
  /** By protocol and stop: runs, and wrong answers by guarantee. */
  readonly stops: Map<string, { runs: number; readonly found: Record<Column, number> }>;
}

/** Nothing done yet. */
export function emptyTally(): Tally {
  return {
    runs: 0,
    simulatedMs: 0,
    events: 0,
    operations: 0,
    subjects: new Map(),
    faults: new Map(),
    intents: new Map(),
    stops: new Map(),
  };
}

/** Adds a run that broke nothing. */
export function addRun(tally: Tally, { kind, sketch }: Scenario, played: Played): void {
  tally.runs += 1;
  tally.simulatedMs += played.simulatedMs;
  tally.events += played.events;
  tally.operations += played.operations;
  count(tally.subjects, kind);
  for (const { kind: fault } of sketch.faults) count(tally.faults, String(fault));
  for (const verb of played.accepted) count(tally.intents, verb);
  for (const { stop, found } of played.rows) {
    const row = tally.stops.get(stop) ?? { runs: 0, found: Object.fromEntries(COLUMNS.map((column) => [column, 0])) as Record<Column, number> };
    row.runs += 1;
    for (const column of COLUMNS) row.found[column] += found[column];
    tally.stops.set(stop, row);
  }
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** "312 runs, 1.6 simulated hours, 6,012,345 events": the line that says that it is alive. */
export function progressLine({ runs, simulatedMs, events }: Tally): string {
  return `${runs} runs, ${(simulatedMs / 3_600_000).toFixed(2)} simulated hours, ${events} events`;
}

/** Rows are stops, columns the guarantees that their histories were checked against: how many answers broke each. */
export function stopTable({ stops }: Tally): string {
  const rows = [...stops].sort(([a], [b]) => (a < b ? -1 : 1));
  const wide = Math.max(4, ...rows.map(([stop]) => stop.length));
  const cells = (first: string, others: readonly string[]): string =>
    [first.padEnd(wide), ...others.map((text, place) => text.padStart(Math.max(6, ["runs", ...COLUMNS][place]!.length)))].join("  ");
  return [
    cells("stop", ["runs", ...COLUMNS]),
    ...rows.map(([stop, { runs, found }]) => cells(stop, [String(runs), ...COLUMNS.map((column) => foundText(found[column]))])),
  ].join("\n");
}

/** Runs of a row after which what it lets through must have been seen: until then luck may have kept it away. */
const RUNS_ENOUGH = 250;

/** What stops below linearizable let through, and so must show in the long run. */
const LETS_THROUGH: Readonly<Record<string, readonly Column[]>> = {
  eventual: ["linearizable", "session"],
  session: ["linearizable"],
  causal: ["linearizable"],
  boundedStaleness: ["linearizable"],
};

/** Weaker stops that were tried often and never were any weaker, a sentence each: then the soak looks past something. */
export function neverWeaker({ stops }: Tally): string[] {
  return [...stops].flatMap(([stop, { runs, found }]) => {
    const expected = runs < RUNS_ENOUGH ? [] : (LETS_THROUGH[stop.replace(/^.*\/|,.*$/g, "")] ?? []);
    return expected
      .filter((column) => found[column] === 0)
      .map((column) => `weaker: ${stop} was ${column} in all of ${runs} runs, though it promises less`);
  });
}

function foundText(found: number): string {
  return found === 0 ? "never" : String(found);
}

/** "crash 40, pause 38 …": what was tried, most often first. */
export function countsLine(what: string, counts: ReadonlyMap<string, number>): string {
  const sorted = [...counts].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
  return `${what}: ${sorted.map(([name, times]) => `${name} ${times}`).join(", ") || "none"}`;
}

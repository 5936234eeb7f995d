import { invariant } from "../../../shared/core/invariant.ts";
import type { StoreConfig } from "../../../shared/components/store/config.ts";
import { Match, TICK_MS } from "../../../shared/match/match.ts";
import { checkBooks } from "./books.ts";
import { CREW } from "./crew.ts";
import { anomaliesOf, type Circumstances, circumstancesOf, COLUMNS, disksStay, promisesOf, type Column } from "./promises.ts";
import { checkRevival } from "./revival.ts";
import { HEALED_MS, levelOf, SETTLED_MS, type Scenario } from "./sketch.ts";
import { orderOf, tidyingUp } from "./tidying.ts";
import { watchSafety } from "./watching.ts";

/** What one run found out about a store whose dial nobody turned. */
export interface Row {
  /** "raft/session". */
  readonly stop: string;
  /** Wrong answers by guarantee. */
  readonly found: Readonly<Record<Column, number>>;
}

/** A run that broke nothing. */
export interface Played {
  readonly events: number;
  readonly simulatedMs: number;
  readonly operations: number;
  /** Intents that were accepted, by verb. */
  readonly accepted: readonly string[];
  readonly rows: readonly Row[];
}

/** Ticks between two looks at the screen, and between two rounds of an operator who tidies up. */
const LOOK_TICKS = 40;
const TIDY_TICKS = 10;
/** One run in so many is played twice. */
const TWICE = 8;

/**
 * Plays a scenario as a match, and throws at the first thing that must not be: a broken invariant after an event, a view
 * that can't be drawn, books that don't add up, a promise that was not kept, a cluster that does not come back to life.
 */
export function playScenario(scenario: Scenario): Played {
  const match = new Match(levelOf(scenario), scenario.seed, CREW);
  watchSafety(match, disksStay(match.level));
  playToEnd(match, scenario);
  checkBooks(match);
  const hash = match.stateHash();
  const { kernel } = match.cluster.world;
  const rows = checkPromises(match);
  checkRevival(match);
  if (isPlayedTwice(scenario)) playAgain(match, hash);
  return {
    events: kernel.events,
    simulatedMs: kernel.nowUs / 1_000,
    operations: match.record.history.length,
    accepted: match.log.map(({ intent }) => intent.verb),
    rows,
  };
}

function playToEnd(match: Match, { wishes }: Scenario): void {
  const order = orderOf(match);
  let next = 0;
  while (!match.over) {
    for (; next < wishes.length && wishes[next]!.tick <= match.tick; next++) match.intend(0, wishes[next]!.intent);
    const isHealing = match.clockMs >= HEALED_MS && match.clockMs < SETTLED_MS;
    if (isHealing && match.tick % TIDY_TICKS === 0) for (const intent of tidyingUp(match, order)) match.intend(0, intent);
    if (match.tick % LOOK_TICKS === 0) match.view(0);
    match.advance();
  }
}

function isPlayedTwice({ seed }: Scenario): boolean {
  return Number(seed.split("-").at(-1)) % TWICE === 0;
}

/** The same level, seed and intents, with nobody watching, are the same match. */
function playAgain({ level, seed, log }: Match, hash: string): void {
  const again = new Match(level, seed, CREW);
  let next = 0;
  while (!again.over) {
    for (; next < log.length && log[next]!.tick === again.tick; next++) again.replay(log[next]!);
    again.advance();
  }
  invariant(again.stateHash() === hash, `determinism: the second time the same match ended as ${again.stateHash()}, not as ${hash}`);
}

/** Judges every store by every guarantee, and insists on those that it promised. */
function checkPromises({ level, log, record }: Match): Row[] {
  const tidiedTick = HEALED_MS / TICK_MS;
  const circumstances = circumstancesOf(level, log.filter(({ tick }) => tick < tidiedTick));
  return Object.entries(level.components).flatMap(([name, config]) => {
    if (config.kind !== "store") return [];
    const history = [...record.history].filter(({ component }) => component === name);
    const promises = promisesOf(config, circumstances);
    const found = {} as Record<Column, number>;
    for (const column of COLUMNS) {
      const anomalies = anomaliesOf(column, history, promises.get(column) ?? config.bound);
      found[column] = anomalies.length;
      const isBroken = promises.has(column) && anomalies.length > 0;
      invariant(!isBroken, `promise: ${stopOf(config)} is not ${column}: ${anomalies[0]?.sentence ?? ""}`);
    }
    return circumstances.untouched && circumstances.disksStay ? [{ stop: rowOf(config, circumstances), found }] : [];
  });
}

function stopOf({ protocol, mode, starts, dial }: StoreConfig): string {
  const stop = starts ?? dial[0]!;
  return protocol === "primaryBackup" ? `${protocol} ${mode}/${stop}` : `${protocol}/${stop}`;
}

/** The row of the table: the stop, and what may take from it what it would promise otherwise. */
function rowOf(config: StoreConfig, { onePrimary, clockErrorMs }: Circumstances): string {
  const isPromoted = !onePrimary && (config.protocol === "primaryBackup" || config.protocol === "chain");
  const isByClock = config.protocol === "quorum" && config.conflict === "lastWriteWins" && clockErrorMs > 0;
  return `${stopOf(config)}${isPromoted ? ", promoted" : ""}${isByClock ? ", wrong clocks" : ""}`;
}

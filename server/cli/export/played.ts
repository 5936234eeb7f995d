import { isRefusal } from "../../../shared/core/refusal.ts";
import type { Operation } from "../../../shared/history/operation.ts";
import type { Level } from "../../../shared/level/schema.ts";
import { Match, TICK_MS } from "../../../shared/match/match.ts";
import { Tracer } from "../../../shared/match/tracer.ts";
import { both } from "../../../shared/sim/instruments.ts";
import type { MatchFile } from "../../../shared/wire/matchFile.ts";
import { Replay } from "../../../shared/match/replay.ts";
import { Misuse } from "../commandLine.ts";
import { checkOrder } from "../replay/compare.ts";

/** A match file played again, with everything followed. */
export interface Played {
  readonly file: MatchFile;
  readonly match: Match;
  /** Follows every operation from the start on. */
  readonly tracer: Tracer;
}

/**
 * Plays a match file again: to its end, where it must come to the recorded hash, or until a moment. Following every
 * operation changes nothing of what happens.
 */
export function playAgain(file: MatchFile, level: Level, untilMs: number | undefined): Played {
  checkOrder(file, level);
  const match = new Match(level, file.seed, file.crew);
  const tracer = new Tracer(match.cluster.world, 1);
  match.cluster.world.instruments = both(match.cluster.world.instruments!, tracer);
  const lastTick = untilMs === undefined ? file.ticks : Math.floor(untilMs / TICK_MS);
  if (lastTick > file.ticks) throw new Misuse(`--until is after the end: the match lasted ${file.ticks * TICK_MS} ms.`);
  new Replay(match, file.log).run(lastTick);
  if (untilMs !== undefined) return { file, match, tracer };
  if (!match.over) match.end();
  if (match.stateHash() !== file.hash) {
    throw new Misuse("The replay diverges from the match file, so there is no such match to export: npm run replay says where.");
  }
  return { file, match, tracer };
}

/** The operations of one component: of the one that was asked, or of the one that is named. */
export function operationsOf({ match }: Played, component: string | undefined): { component: string; operations: Operation[] } {
  const asked = Object.keys(match.level.contract);
  const name = component ?? (asked.length === 1 ? asked[0]! : undefined);
  if (name === undefined) throw new Misuse(`Of which component? Name it with --component: ${asked.join(", ")}.`);
  return { component: name, operations: [...match.record.history].filter((operation) => operation.component === name) };
}

/** Refuses the name of a component that nobody asked anything. */
export function checkComponent({ match }: Played, component: string | undefined): void {
  const asked = Object.keys(match.level.contract);
  if (component === undefined || asked.includes(component)) return;
  throw new Misuse(`${match.level.id} has no component "${component}" that clients asked; there are ${asked.join(", ")}.`);
}

/** The value, or a misuse with the sentence of its refusal. */
export function orMisuse<Value>(value: Value): Exclude<Value, { readonly refused: true }> {
  if (isRefusal(value)) throw new Misuse(value.sentence);
  return value as Exclude<Value, { readonly refused: true }>;
}

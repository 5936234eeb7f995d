import { isRefusal } from "../../../shared/core/refusal.ts";
import type { Level } from "../../../shared/level/schema.ts";
import { follow, type Followed } from "../../../shared/match/exports.ts";
import { Match, TICK_MS } from "../../../shared/match/match.ts";
import type { MatchFile } from "../../../shared/wire/matchFile.ts";
import { Replay } from "../../../shared/match/replay.ts";
import { Misuse } from "../commandLine.ts";
import { checkOrder } from "../replay/compare.ts";

/** A match file played again, with everything followed. */
export interface Played extends Followed {
  readonly file: MatchFile;
}

/**
 * Plays a match file again: to its end, where it must come to the recorded hash, or until a moment. Following every
 * operation changes nothing of what happens.
 */
export function playAgain(file: MatchFile, level: Level, untilMs: number | undefined): Played {
  checkOrder(file, level);
  const followed = follow(new Match(level, file.seed, file.crew));
  const { match } = followed;
  const lastTick = untilMs === undefined ? file.ticks : Math.floor(untilMs / TICK_MS);
  if (lastTick > file.ticks) throw new Misuse(`--until is after the end: the match lasted ${file.ticks * TICK_MS} ms.`);
  new Replay(match, file.log).run(lastTick);
  if (untilMs !== undefined) return { file, ...followed };
  if (!match.over) match.end();
  if (match.stateHash() !== file.hash) {
    throw new Misuse("The replay diverges from the match file, so there is no such match to export: npm run replay says where.");
  }
  return { file, ...followed };
}

/** The value, or a misuse with the sentence of its refusal. */
export function orMisuse<Value>(value: Value): Exclude<Value, { readonly refused: true }> {
  if (isRefusal(value)) throw new Misuse(value.sentence);
  return value as Exclude<Value, { readonly refused: true }>;
}

import { clockText } from "../../../shared/core/time.ts";
import { isRefusal } from "../../../shared/core/refusal.ts";
import type { Level } from "../../../shared/level/schema.ts";
import { partingOf } from "../../../shared/match/hashMarks.ts";
import { Match, TICK_MS } from "../../../shared/match/match.ts";
import type { MatchFile } from "../../../shared/wire/matchFile.ts";
import { Replay } from "../../../shared/match/replay.ts";
import { Misuse } from "../commandLine.ts";

/** What a match came to. */
export interface Result {
  readonly hash: string;
  readonly score: number;
}

/** A recorded match beside its replay. */
export interface Comparison {
  readonly same: boolean;
  readonly recorded: Result;
  readonly replayed: Result;
  /** Where they part, as far as the file can tell; empty when they are the same. */
  readonly divergence: string;
}

/** Plays a match file again on its level, and compares hash and score. */
export function compare(file: MatchFile, level: Level): Comparison {
  checkOrder(file, level);
  const match = new Replay(new Match(level, file.seed, file.crew), file.log).run(file.ticks);
  if (!match.over) match.end();
  const recorded = { hash: file.hash, score: file.score };
  const replayed = { hash: match.stateHash(), score: match.debrief().score };
  const same = recorded.hash === replayed.hash && recorded.score === replayed.score;
  return { same, recorded, replayed, divergence: same ? "" : divergence(file, level, match) };
}

/** A log that no match can have written is a misuse, not a divergence. */
export function checkOrder({ log, ticks, crew }: MatchFile, level: Level): void {
  const last = level.lasts / TICK_MS;
  if (ticks > last) throw new Misuse(`The match file has ${ticks} ticks, and ${level.id} is over after ${last}.`);
  if (crew.length === 0) throw new Misuse("The match file names no crew.");
  log.forEach(({ tick, operator }, place) => {
    if (tick < (log[place - 1]?.tick ?? 0))
      throw new Misuse(`log[${place}] of the match file goes back in time, to tick ${tick}.`);
    if (tick > ticks)
      throw new Misuse(`log[${place}] of the match file is of tick ${tick}, after the end at tick ${ticks}.`);
    if (operator >= crew.length)
      throw new Misuse(`log[${place}] of the match file is by operator ${operator}, who has no seat.`);
  });
}

/**
 * The marks tell between which two of them the matches part. In a file without marks, or whose marks all agree, every
 * logged intent was allowed when it was played, so one that is refused now shows that they had parted before it.
 */
function divergence(file: MatchFile, level: Level, again: Match): string {
  if (file.hash === again.stateHash())
    return "Every event is the same and the score is not: the file's score was changed, or the rules of scoring were.";
  const parting = partingOf(file.marks, again.marks);
  return parting === null ? firstRefusal(file, level) : partingSentence(parting);
}

function partingSentence({ after, by }: { readonly after: number; readonly by: number }): string {
  const [from, until] = [clockText(after * TICK_MS), clockText(by * TICK_MS)];
  return `They are the same up to tick ${after} (${from}) and have parted by tick ${by} (${until}).`;
}

function firstRefusal(file: MatchFile, level: Level): string {
  const match = new Match(level, file.seed, file.crew);
  for (const { tick, operator, intent } of file.log) {
    while (match.tick < tick && !match.over) match.advance();
    const answer = match.intend(operator, intent);
    if (!isRefusal(answer)) continue;
    return `They part before tick ${tick} (${clockText(tick * TICK_MS)}): "${intent.verb}", allowed then, is refused now: ${answer.sentence}`;
  }
  return "Every intent of the log is still allowed, so where they part is not known: the file's hashes along the way don't tell.";
}

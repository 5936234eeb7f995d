import { isRefusal } from "../core/refusal.ts";
import { clockText } from "../core/time.ts";
import type { Level } from "../level/schema.ts";
import { type HashMark, partingOf } from "./hashMarks.ts";
import type { LoggedIntent } from "./intent.ts";
import { type CrewMember, Match, TICK_MS } from "./match.ts";

/** A recorded match with what it came to. */
export interface RecordedEnd {
  readonly seed: string;
  readonly crew: readonly CrewMember[];
  readonly log: readonly LoggedIntent[];
  readonly marks: readonly HashMark[];
  /** State hash and score at the end. */
  readonly hash: string;
  readonly score: number;
}

/**
 * Where a recorded match and its replay, which is over, part, as far as the record can tell; empty when they are the same
 * to the bit. The marks tell between which two of them. In a record without marks, or whose marks all agree, every logged
 * intent was allowed when it was played, so one that is refused now shows that they had parted before it.
 */
export function divergenceOf(recorded: RecordedEnd, level: Level, again: Match): string {
  const sameEnd = recorded.hash === again.stateHash();
  if (sameEnd && recorded.score === again.debrief().score) return "";
  if (sameEnd)
    return "Every event is the same and the score is not: the file's score was changed, or the rules of scoring were.";
  const parting = partingOf(recorded.marks, again.marks);
  return parting === null ? firstRefusal(recorded, level) : partingSentence(parting);
}

function partingSentence({ after, by }: { readonly after: number; readonly by: number }): string {
  const [from, until] = [clockText(after * TICK_MS), clockText(by * TICK_MS)];
  return `They are the same up to tick ${after} (${from}) and have parted by tick ${by} (${until}).`;
}

function firstRefusal({ seed, crew, log }: RecordedEnd, level: Level): string {
  const match = new Match(level, seed, crew);
  for (const { tick, operator, intent } of log) {
    while (match.tick < tick && !match.over) match.advance();
    const answer = match.intend(operator, intent);
    if (!isRefusal(answer)) continue;
    return `They part before tick ${tick} (${clockText(tick * TICK_MS)}): "${intent.verb}", allowed then, is refused now: ${answer.sentence}`;
  }
  return "Every intent of the log is still allowed, so where they part is not known: the file's hashes along the way don't tell.";
}

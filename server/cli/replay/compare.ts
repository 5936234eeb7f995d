import type { Level } from "../../../shared/level/schema.ts";
import { divergenceOf } from "../../../shared/match/divergence.ts";
import { Match } from "../../../shared/match/match.ts";
import { Replay } from "../../../shared/match/replay.ts";
import { refuseLog } from "../../../shared/match/replayable.ts";
import type { MatchFile } from "../../../shared/wire/matchFile.ts";
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
  const divergence = divergenceOf(file, level, match);
  return { same: divergence === "", recorded, replayed, divergence };
}

/** A log that no match can have written is a misuse, not a divergence. */
export function checkOrder(file: MatchFile, level: Level): void {
  const refused = refuseLog(file, level);
  if (refused !== null) throw new Misuse(refused.sentence);
}

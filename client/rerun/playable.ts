import { isRefusal, type Refusal } from "../../shared/core/refusal.ts";
import { parseLevel } from "../../shared/level/parse.ts";
import type { Level } from "../../shared/level/schema.ts";
import { refuseReplay } from "../../shared/match/replayable.ts";
import { type MatchFile, readMatchFile } from "../../shared/wire/matchFile.ts";
import type { Recording } from "./asks.ts";

/** A recording that was found to be sound. */
export interface Playable {
  readonly file: MatchFile;
  readonly level: Level;
}

/** Checks a recording, which came from a server or from somebody's disk: playable by these rules, or one sentence why not. */
export function playable({ file: claimed, levelText, levelPath }: Recording): Playable | Refusal {
  const file = readMatchFile(claimed, "This file");
  if (isRefusal(file)) return file;
  const level = parseLevel(levelText, levelPath);
  if (isRefusal(level)) return level;
  return refuseReplay(file, level) ?? { file, level };
}

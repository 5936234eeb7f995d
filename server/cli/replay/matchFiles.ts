import { isRefusal } from "../../../shared/core/refusal.ts";
import type { Level } from "../../../shared/level/schema.ts";
import { refuseLevel, refuseRules } from "../../../shared/match/replayable.ts";
import { type MatchFile, parseMatchFile } from "../../../shared/wire/matchFile.ts";
import { findLevel, Misuse, readText } from "../commandLine.ts";

/** Reads a match file that this version of the rules can play again; a misuse otherwise. */
export async function readMatchFile(path: string): Promise<MatchFile> {
  const file = parseMatchFile(await readText(path), path);
  if (isRefusal(file)) throw new Misuse(file.sentence);
  const refused = refuseRules(file);
  if (refused !== null) throw new Misuse(`${path}: ${refused.sentence}`);
  return file;
}

/** The level that a match was played on: of the campaign, or of a file that is named. */
export async function levelOf(file: MatchFile, path: string | undefined): Promise<Level> {
  const level = await findLevel(path ?? file.level.id);
  const refused = refuseLevel(file, level);
  if (refused !== null) throw new Misuse(`${path ?? file.level.id}: ${refused.sentence}`);
  return level;
}

import type { MatchFile } from "../../shared/wire/matchFile.ts";

export type { IntentOption } from "../../shared/match/options.ts";
export type { Outcome, PlayedIntent } from "../../shared/match/whatIf.ts";

/** A match that can be played again: its file, and the text and path of the level that it was played on. */
export interface Recording {
  readonly file: MatchFile;
  readonly levelText: string;
  readonly levelPath: string;
}

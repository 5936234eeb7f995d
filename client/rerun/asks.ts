import type { Debrief } from "../../shared/match/debrief.ts";
import type { Intent, LoggedIntent } from "../../shared/match/intent.ts";
import type { MatchFile } from "../../shared/wire/matchFile.ts";

/** A match that can be played again: its file, and the text and path of the level that it was played on. */
export interface Recording {
  readonly file: MatchFile;
  readonly levelText: string;
  readonly levelPath: string;
}

/** An intent of a log that was played again, and what became of it. */
export interface PlayedIntent {
  readonly logged: LoggedIntent;
  /** In a few words, such as "fences Oak". */
  readonly text: string;
  /** Why it was refused this time; empty when it was allowed. */
  readonly refused: string;
}

/** What came of playing a match again with another log. */
export interface Outcome {
  readonly debrief: Debrief;
  readonly intents: readonly PlayedIntent[];
}

/** Something that an operator could have done at a moment. */
export interface IntentOption {
  readonly operator: number;
  readonly intent: Intent;
  readonly text: string;
}

import type { Ms } from "../../shared/core/time.ts";
import type { Refusal } from "../../shared/core/refusal.ts";
import type { Debrief } from "../../shared/match/debrief.ts";
import type { MatchExportName } from "../../shared/match/exports.ts";
import type { Evidence } from "../../shared/match/evidence/evidence.ts";
import type { LoggedIntent } from "../../shared/match/intent.ts";
import type { JudgedGauges } from "../../shared/match/judgedGauges.ts";
import type { Clip } from "../../shared/wire/film.ts";
import type { IntentOption, Outcome, PlayedIntent, Recording } from "./asks.ts";

/** The first thing that a page says to the worker: what to play, and whether to film it. */
export interface Order {
  readonly is: "order";
  readonly recording: Recording;
  readonly film: boolean;
}

/** A wrong answer, and the node that gave it. */
export interface GivenWrong {
  readonly node: number;
  readonly atMs: Ms;
}

/** What is known only when a match is over, for the truth of every moment before. */
export interface Judged {
  readonly wrong: readonly GivenWrong[];
  /** One for each frame of the film. */
  readonly gauges: readonly JudgedGauges[];
}

/** How a match ended when it was played again. */
export interface End {
  readonly debrief: Debrief;
  readonly intents: readonly PlayedIntent[];
  /** Where it parts from what was recorded; empty when it is the same match to the bit. */
  readonly divergence: string;
}

/** What a page may ask, and what it is answered. */
export interface Asks {
  whatIf(log: readonly LoggedIntent[]): Outcome;
  options(tick: number, log: readonly LoggedIntent[]): readonly IntentOption[];
  evidence(operations: readonly number[]): Evidence;
  /** The match as a file for other programs, of one component where one is named. */
  write(format: MatchExportName, component: string | null): WrittenFile | Refusal;
}

/** A match as text for other programs. */
export interface WrittenFile {
  readonly blob: Blob;
  readonly name: string;
}
export type AskName = keyof Asks;

/**
 * A question, with a number by which the answer and the progress on the way to it are told from others. A later one of
 * the same name ends the work for an earlier one, which is then never answered.
 */
export type Question = {
  readonly [Name in AskName]: { readonly is: Name; readonly number: number; readonly given: Parameters<Asks[Name]> };
}[AskName];

/** What the worker says. After `trouble` (it can't be played again, or a bug) comes nothing more. */
export type Told =
  | { readonly is: "begins"; readonly lastsMs: Ms }
  | { readonly is: "clip"; readonly clip: Clip }
  | { readonly is: "progress"; readonly share: number }
  | { readonly is: "end"; readonly end: End; readonly judged: Judged }
  | { readonly is: "trouble"; readonly sentence: string }
  | { readonly is: "nearer"; readonly number: number; readonly share: number }
  | { readonly is: "answer"; readonly number: number; readonly answer: unknown };

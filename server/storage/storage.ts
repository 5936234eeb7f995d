import type { Bucket } from "../../shared/match/debrief.ts";
import type { HashMark } from "../../shared/match/hashMarks.ts";
import type { LoggedIntent } from "../../shared/match/intent.ts";
import type { Role } from "../../shared/match/roles.ts";

/**
 * What outlives the process: matches as they are played, and what they came to. A match is a function of its level, seed
 * and intents, so the log is the match: whatever is in here can be played again to the bit.
 *
 * Every call that changes something resolves only when the change would survive a power cut, and rejects when it would
 * not: an intent is acknowledged to its operator after `appendIntent` has resolved, never before.
 */
export interface Storage {
  /** Writes a match down before its first tick, with who sits where. */
  beginMatch(match: MatchRecord, seats: readonly StoredSeat[]): Promise<void>;
  /** A newcomer or a new holder of a seat; `crew` is the whole crew from now on. */
  changeCrew(matchId: string, crew: readonly StoredMember[], seats: readonly StoredSeat[]): Promise<void>;
  /** Adds to the log. `ordinal` counts the match's intents from 0 and must be one more than the last. */
  appendIntent(matchId: string, ordinal: number, intent: LoggedIntent): Promise<void>;
  /** How far the match has been played, so that a restart loses at most the time between two notes. */
  noteProgress(matchId: string, tick: number): Promise<void>;
  finishMatch(matchId: string, result: MatchResult): Promise<void>;
  /** The room ended without a result: nobody came back, or the game has changed since. */
  abandonMatch(matchId: string): Promise<void>;
  /** Matches that a dead or stopped server left behind, oldest first. */
  unfinishedMatches(): Promise<readonly UnfinishedMatch[]>;
  /** A finished match with its log, or undefined. */
  finishedMatch(matchId: string): Promise<FinishedMatch | undefined>;
  close(): Promise<void>;
}

/** A crew member as the log needs it: the operator's number is the place in the list. */
export interface StoredMember {
  readonly name: string;
  readonly roles: readonly Role[];
}

/** Who may come back to an operator's seat. Only the SHA-256 of the token is kept, so a stolen file opens no seat. */
export interface StoredSeat {
  readonly operator: number;
  readonly tokenHash: string;
  readonly host: boolean;
}

export interface MatchRecord {
  /** Unguessable, because whoever knows it may read the match. */
  readonly id: string;
  /** The room's spoken code. */
  readonly code: string;
  readonly mode: "solo" | "shift";
  readonly levelId: string;
  readonly levelVersion: number;
  readonly seed: string;
  readonly crew: readonly StoredMember[];
  /** Version of the simulation's rules: only the same version plays the same match. */
  readonly simVersion: number;
  /** Wall clock, milliseconds since 1970. */
  readonly startedAtMs: number;
}

export interface MatchResult {
  /** Ticks played; less than the level's length when the match was ended early. */
  readonly ticks: number;
  readonly score: number;
  readonly stars: number;
  readonly stateHash: string;
  /** State hashes along the way; none for a match from before they were kept. */
  readonly marks: readonly HashMark[];
  readonly counts: Readonly<Record<Bucket, number>>;
  /** Wall clock, milliseconds since 1970. */
  readonly endedAtMs: number;
}

export interface UnfinishedMatch {
  readonly match: MatchRecord;
  readonly seats: readonly StoredSeat[];
  readonly log: readonly LoggedIntent[];
  /** The last tick noted; intents of the log may lie after it. */
  readonly progressTick: number;
}

export interface FinishedMatch {
  readonly match: MatchRecord;
  readonly log: readonly LoggedIntent[];
  readonly result: MatchResult;
}

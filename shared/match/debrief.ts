import type { Ms } from "../core/time.ts";
import type { Claim } from "./claims.ts";
import type { BillLine } from "./bill.ts";
import type { LevelCard, OperatorView } from "./view.ts";

/** Where an operation ended up; every operation of a match is in exactly one. */
export type Bucket = "served" | "late" | "refused" | "unknown" | "wrong";

/** The end of a match, told: plain data, made once when the clock runs out. */
export interface Debrief {
  readonly level: LevelCard;
  readonly seed: string;
  readonly stateHash: string;
  readonly score: number;
  readonly stars: readonly StarView[];
  readonly availability: number;
  readonly correctness: number;
  readonly spent: number;
  /** What the money went to, by category, dearest first within one; the dollars add up to `spent`. */
  readonly bill: readonly BillLine[];
  readonly counts: Readonly<Record<Bucket, number>>;
  readonly total: number;
  /** One sentence, such as "Held the line on correctness". */
  readonly headline: string;
  readonly subline: string;
  /** Losses by cause, biggest cost first; `points` add up to 1000 − score. */
  readonly ledger: readonly LossView[];
  readonly verdicts: readonly VerdictView[];
  /** What the crew claimed, and whether it was so. */
  readonly claims: readonly Claim[];
  readonly worst: AnomalyStory | null;
  readonly trail: readonly (readonly [number, number])[];
  readonly timeline: TimelineView;
  /** The level's own last words with the run's numbers filled in. */
  readonly lesson: string;
  readonly operators: readonly OperatorView[];
}

export interface StarView {
  readonly won: boolean;
  /** What this star asks for: "Availability 98.5 % or better". */
  readonly asks: string;
}

export interface LossView {
  readonly cause: string;
  readonly bucket: Bucket;
  readonly component: string;
  readonly operations: number;
  readonly points: number;
}

export interface VerdictView {
  readonly component: string;
  readonly guarantee: string;
  readonly outcome: "valid" | "invalid" | "unknown";
  /** Wrong answers found. */
  readonly wrong: number;
  readonly sentence: string;
}

/** The worst wrong answer as a story: exactly the operations that prove it, in the level's own names. */
export interface AnomalyStory {
  readonly name: string;
  readonly component: string;
  readonly guarantee: string;
  readonly key: number;
  readonly text: string;
  readonly operations: readonly StoryOperation[];
}

export interface StoryOperation {
  readonly client: string;
  readonly zone: string;
  /** "write 40", "read → 90". */
  readonly text: string;
  /** False for a question that only looks. */
  readonly mutates: boolean;
  readonly invokedAtMs: Ms;
  /** −1 when no answer ever came. */
  readonly completedAtMs: Ms;
  /** Node that answered; empty when none did. */
  readonly node: string;
  readonly blamed: boolean;
}

export interface TimelineView {
  readonly lastsMs: Ms;
  readonly faults: readonly { readonly text: string; readonly fromMs: Ms; readonly untilMs: Ms }[];
  readonly alerts: readonly { readonly text: string; readonly severity: 1 | 2 | 3; readonly atMs: Ms }[];
  readonly acts: readonly { readonly operator: number; readonly text: string; readonly atMs: Ms; readonly refused: boolean }[];
}

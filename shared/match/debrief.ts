import type { Ms } from "../core/time.ts";
import type { OrderReason } from "../checkers/orderReasons.ts";
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
  /** The worst wrong answers, worst first: at most five, one of each name and component before a second. */
  readonly stories: readonly AnomalyStory[];
  /** Every kind of wrong answer at every component, the most frequent first. */
  readonly anomalies: readonly AnomalyRow[];
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

/** All wrong answers of one name at one component. */
export interface AnomalyRow {
  readonly name: string;
  readonly title: string;
  readonly component: string;
  readonly count: number;
  /** When the first of them and the last of them was answered. */
  readonly fromMs: Ms;
  readonly untilMs: Ms;
  /** When they were answered, in order: at most 500, spread evenly over all of them. */
  readonly moments: readonly Ms[];
}

/** A wrong answer as a story: exactly the operations that prove it, in the level's own names. */
export interface AnomalyStory {
  /** The checker's name for it, such as "staleRead". */
  readonly name: string;
  readonly title: string;
  /** Two sentences: what such an answer is. */
  readonly what: string;
  /** Paper and section. */
  readonly source: string;
  readonly component: string;
  readonly guarantee: string;
  readonly key: number;
  readonly text: string;
  /** In the order in which they were asked. */
  readonly operations: readonly StoryOperation[];
  /** The order that could not be built: a ring over `operations`; empty where the promise is about no order. */
  readonly order: readonly StoryEdge[];
  /** When the blamed question was asked. */
  readonly atMs: Ms;
  /** How many wrong answers of this name the component gave, and between which moments they were answered. */
  readonly wrongInAll: number;
  readonly fromMs: Ms;
  readonly untilMs: Ms;
}

/** One step of the order that could not be built: places in the story's `operations`. */
export interface StoryEdge {
  readonly before: number;
  readonly after: number;
  readonly why: OrderReason;
  /** What the reason says in words: "answered before it was asked". */
  readonly words: string;
}

export interface StoryOperation {
  /** Its id in the match's history. */
  readonly id: number;
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

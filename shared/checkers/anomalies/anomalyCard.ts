/** What a kind of wrong answer is, for whoever meets it for the first time. */
export interface AnomalyCard {
  /** What the field calls it, in words: "Stale read". */
  readonly title: string;
  /** Exactly two sentences that a player understands. */
  readonly what: string;
  /** Paper and section that describe it. */
  readonly source: string;
}

import { judge } from "../checkers/judge.ts";
import { checkers, type Guarantee } from "../checkers/registry.ts";
import type { Level } from "../level/schema.ts";
import type { MatchRecord } from "./record.ts";

/** What a crew said of a component, and whether it was so. */
export interface Claim {
  readonly component: string;
  readonly guarantee: Guarantee;
  /** Seat of the operator who claimed it. */
  readonly by: number;
  /** "open" while the match runs; "unknown" if the checker could not tell, which costs nothing. */
  readonly outcome: "open" | "kept" | "broken" | "unknown";
}

/** What a claim that turned out wrong costs, dollars. */
export const FINE = 1;

/** The claims of a match: what a crew dares to say about its cluster. */
export class Claims {
  #claims: Claim[] = [];

  get all(): readonly Claim[] {
    return this.#claims;
  }

  has(component: string, guarantee: string): boolean {
    return this.#claims.some((claim) => claim.component === component && claim.guarantee === guarantee);
  }

  add(by: number, component: string, guarantee: Guarantee): void {
    this.#claims = [...this.#claims, { component, guarantee, by, outcome: "open" }];
  }

  /** Judges each by its own checker over what clients saw, and answers with the fine, dollars. */
  judge(level: Level, { history }: MatchRecord): number {
    this.#claims = this.#claims.map((claim) => {
      const seen = [...history].filter(({ component }) => component === claim.component);
      const operations = seen.map((operation, id) => ({ ...operation, id }));
      const { bound, opening } = level.contract[claim.component]!;
      const { outcome } = judge(checkers[claim.guarantee], operations, { boundMs: bound, opening });
      return { ...claim, outcome: outcome === "valid" ? "kept" : outcome === "invalid" ? "broken" : "unknown" };
    });
    return FINE * this.#claims.filter(({ outcome }) => outcome === "broken").length;
  }
}

import { invariant } from "../../core/invariant.ts";
import type { TransactionId } from "./messages.ts";

/** What a site knows of how transactions ended there, true for committed. */
export type Outcomes = ReadonlyMap<TransactionId, boolean>;

/**
 * Atomicity, looked at from outside after every event, as long as nobody decides by hand: a transaction that is
 * committed at one site is aborted at none.
 * Source: Gray & Lamport 2006, "Consensus on transaction commit", section 2 (consistency of resource managers).
 */
export function watchAtomicity(sites: readonly (() => Outcomes)[]): { readonly check: () => void } {
  const ends = new Map<TransactionId, boolean>();
  const known = sites.map(() => ({ outcomes: undefined as Outcomes | undefined, size: 0 }));

  const check = (): void => {
    sites.forEach((site, place) => {
      const outcomes = site();
      const before = known[place]!;
      if (before.outcomes === outcomes && before.size === outcomes.size) return;
      known[place] = { outcomes, size: outcomes.size };
      for (const [transaction, commit] of outcomes) {
        const first = ends.get(transaction) ?? commit;
        invariant(first === commit, `atomicity: ${transaction} is committed at one site and aborted at another`);
        ends.set(transaction, commit);
      }
    });
  };

  return { check };
}

import * as fc from "fast-check";
import type { Outcome } from "../../shared/history/operation.ts";
import type { MicroOperation, Transaction } from "../../shared/history/transactions.ts";

/** A transaction before it has met a database. */
interface Draft {
  readonly process: number;
  readonly steps: readonly { readonly writes: boolean; readonly key: number; readonly lag: number }[];
  readonly lasts: number;
  readonly outcome: Outcome;
}

/** What a generated database is like: with `lags: [0]` it is strictly serializable. */
export interface DatabaseShape {
  readonly transactions: number;
  readonly keys: number;
  readonly steps: number;
  /** By how many versions a read may lag behind. */
  readonly lags: readonly number[];
  readonly writes: "append" | "w";
}

/**
 * Histories of a database of lists, or of registers, that runs one transaction after the other but reads old versions.
 * Every written value is its own. A transaction that failed has no effect, unless its process is odd: then it has one.
 */
export function databaseHistory({
  transactions,
  keys,
  steps,
  lags,
  writes,
}: DatabaseShape): fc.Arbitrary<Transaction[]> {
  const draft: fc.Arbitrary<Draft> = fc.record({
    process: fc.nat(3),
    steps: fc.array(fc.record({ writes: fc.boolean(), key: fc.nat(keys - 1), lag: fc.constantFrom(...lags) }), {
      minLength: 1,
      maxLength: steps,
    }),
    lasts: fc.integer({ min: 0, max: 5 }),
    outcome: fc.constantFrom<Outcome>("ok", "ok", "ok", "ok", "ok", "ok", "unknown", "fail"),
  });
  return fc
    .array(draft, { minLength: 1, maxLength: transactions })
    .map((drafts) => played(drafts, writes, lags.length > 1));
}

function played(drafts: readonly Draft[], writes: "append" | "w", isWeak: boolean): Transaction[] {
  const versions = new Map<number, unknown[]>();
  const freeAt = new Map<number, number>();
  let value = 0;
  return drafts
    .map(({ process, steps, lasts, outcome }, id) => {
      const happens = outcome === "ok" || (outcome === "unknown" ? process > 1 : isWeak && process % 2 === 1);
      const answers = steps.map((step): MicroOperation => {
        const held = versions.get(step.key) ?? [];
        if (step.writes) {
          value++;
          if (happens) versions.set(step.key, [...held, value]);
          return { f: writes, key: step.key, value };
        }
        const seen = held.slice(0, Math.max(0, held.length - step.lag));
        const found = writes === "append" ? seen : (seen.at(-1) ?? null);
        return { f: "r", key: step.key, value: outcome === "ok" ? found : null };
      });
      const open = outcome === "unknown";
      const invokedAt = Math.max(4 * id - lasts, freeAt.get(process) ?? -9);
      if (!open) freeAt.set(process, 4 * id + 2);
      return {
        id,
        process: open ? 100 + id : process,
        steps: answers,
        invokedAt,
        completedAt: open ? Infinity : 4 * id + 1,
        outcome,
      };
    })
    .toSorted((a, b) => a.invokedAt - b.invokedAt)
    .map((it, id) => ({ ...it, id }));
}

/** Is there an order of the transactions that explains all reads? Tries all of them; `respects` may forbid some. */
export function isSerializable(
  history: readonly Transaction[],
  respects: (before: Transaction, after: Transaction) => boolean,
): boolean {
  const happened = history.filter(({ outcome }) => outcome !== "fail");
  const place = (done: ReadonlySet<Transaction>, store: ReadonlyMap<string | number, unknown>): boolean => {
    const left = happened.filter((it) => !done.has(it));
    if (left.every(({ outcome }) => outcome === "unknown")) return true;
    return left.some((next) => {
      if (left.some((other) => other !== next && other.outcome === "ok" && !respects(next, other))) return false;
      const after = run(next, store);
      return after !== undefined && place(new Set([...done, next]), after);
    });
  };
  return place(new Set(), new Map());
}

/** The store after a transaction, or nothing when its reads do not fit. */
function run({ steps, outcome }: Transaction, store: ReadonlyMap<string | number, unknown>) {
  const after = new Map(store);
  for (const { f, key, value } of steps) {
    if (f === "append") after.set(key, [...((after.get(key) ?? []) as unknown[]), value]);
    else if (f === "w") after.set(key, value);
    else if (
      outcome === "ok" &&
      JSON.stringify(after.get(key) ?? (Array.isArray(value) ? [] : null)) !== JSON.stringify(value)
    )
      return undefined;
  }
  return after;
}

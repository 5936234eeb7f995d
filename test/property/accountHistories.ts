import * as fc from "fast-check";
import type { OperationKind } from "../../shared/core/operations.ts";
import type { Operation, Outcome } from "../../shared/history/operation.ts";

/** What every account of the generated histories holds at first. */
const OPENING = 20;
const ACCOUNTS = 3;

/** An operation before it has met an account. */
interface Draft {
  readonly kind: OperationKind;
  readonly outcome: Outcome;
  readonly session: number;
  readonly key: number;
  readonly other: number;
  readonly amount: number;
  readonly thinksUs: number;
  readonly lastsUs: number;
  /** When it takes effect: in quarters of the time between question and answer. */
  readonly quarter: number;
  /** How far behind the copy is that answers. */
  readonly lagUs: number;
}

/**
 * Histories of accounts, three of them with 20 on each. Every operation takes effect at one moment between question and
 * answer, but goes by what a copy knew `lagUs` earlier; and a lagging copy may turn a move down and make it all the same.
 * With `lagsUs: [0]` the accounts are right.
 */
export function accountHistories({
  moves,
  lagsUs,
}: {
  moves: "transfer" | "order";
  lagsUs: readonly number[];
}): fc.Arbitrary<Operation[]> {
  const draft: fc.Arbitrary<Draft> = fc.record({
    kind: fc.constantFrom<OperationKind>(moves, moves, moves, "read", "audit"),
    outcome: fc.constantFrom<Outcome>("ok", "ok", "ok", "ok", "ok", "unknown", "fail"),
    session: fc.nat(4),
    key: fc.nat(ACCOUNTS - 1),
    other: fc.nat(ACCOUNTS - 1),
    amount: fc.integer({ min: 1, max: 15 }),
    thinksUs: fc.integer({ min: 1, max: 6 }),
    lastsUs: fc.integer({ min: 0, max: 12 }),
    quarter: fc.nat(4),
    lagUs: fc.constantFrom(...lagsUs),
  });
  return fc.array(draft, { minLength: 1, maxLength: 40 }).map((drafts) => played(scheduled(drafts)));
}

type Scheduled = Operation & { readonly effectAtUs: number; readonly lagUs: number; readonly wished: Outcome };

/** Lets every session ask one thing after the other; one that got no answer goes on under a new name. */
function scheduled(drafts: readonly Draft[]): Scheduled[] {
  const freeAtUs = new Map<number, number>();
  const renamed = new Map<number, number>();
  const rows = drafts.map((it, place) => {
    const invokedAtUs = (freeAtUs.get(it.session) ?? 0) + it.thinksUs;
    freeAtUs.set(it.session, invokedAtUs + it.lastsUs);
    const session = renamed.get(it.session) ?? it.session;
    if (it.outcome === "unknown") renamed.set(it.session, 1_000 + place);
    const never = it.outcome === "unknown" && it.quarter === 4;
    const effectAtUs = never ? Infinity : invokedAtUs + (it.lastsUs * it.quarter) / 4;
    const completedAtUs = it.outcome === "unknown" && it.quarter % 2 === 0 ? Infinity : invokedAtUs + it.lastsUs;
    const isMove = it.kind === "transfer" || it.kind === "order";
    return {
      id: 0,
      session,
      component: "ledger",
      kind: it.kind,
      key: it.key,
      other: isMove ? it.other : null,
      argument: isMove ? it.amount : null,
      expected: null,
      result: null,
      results: null,
      invokedAtUs,
      completedAtUs,
      outcome: it.outcome,
      effectAtUs,
      lagUs: it.lagUs,
      wished: it.outcome,
    };
  });
  return rows.toSorted((a, b) => a.invokedAtUs - b.invokedAtUs).map((it, id) => Object.assign(it, { id }));
}

function played(rows: readonly Scheduled[]): Operation[] {
  const log: { readonly from: number; readonly to: number; readonly amount: number; readonly atUs: number }[] = [];
  const balances = (atUs: number): number[] => {
    const held = new Array<number>(ACCOUNTS).fill(OPENING);
    for (const move of log) {
      if (move.atUs > atUs) continue;
      held[move.from]! -= move.amount;
      held[move.to]! += move.amount;
    }
    return held;
  };
  const history = rows.map(({ effectAtUs: _, lagUs: __, wished: ___, ...it }): Operation => it);
  for (const row of rows.toSorted((a, b) => a.effectAtUs - b.effectAtUs || a.id - b.id)) {
    if (row.effectAtUs === Infinity) break;
    const known = balances(row.effectAtUs - row.lagUs);
    // A copy that lags far behind is torn as well: one account is ahead of the others.
    if (row.lagUs > 100) known[0] = balances(row.effectAtUs)[0]!;
    const it = history[row.id]!;
    if (it.argument === null) {
      if (it.outcome !== "ok") continue;
      history[row.id] = it.kind === "read" ? { ...it, result: known[it.key]! } : { ...it, results: known };
    } else {
      const isCovered = known[it.key]! >= it.argument;
      if (!isCovered && row.wished === "ok") history[row.id] = { ...it, outcome: "fail" };
      const isMade = isCovered && (row.wished !== "fail" || row.lagUs > 100);
      if (isMade) log.push({ from: it.key, to: it.other!, amount: it.argument, atUs: row.effectAtUs });
    }
  }
  return history;
}

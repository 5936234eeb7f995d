import { refusal } from "../../protocols/twoPhaseCommit/participant.ts";
import type { Ballot } from "../../protocols/twoPhaseCommit/messages.ts";
import type { ProcessId } from "../../sim/process.ts";
import type { Book, Entry } from "./book.ts";
import { accountsOf, leaderOf, type LedgerPlan, type LedgerWork } from "./plan.ts";

/**
 * The fresh look at the balances, with all locks held: true when these entries, one after the other, leave no account
 * below nothing that this node decides for. An entry that is known moves nothing again.
 */
export function covers(plan: LedgerPlan, book: Book, node: ProcessId, entries: readonly Entry[]): boolean {
  if (plan.overdraft) return true;
  const after = new Map<number, number>();
  const change = (account: number, by: number): number => {
    const balance = (after.get(account) ?? book.balances[account]!) + by;
    after.set(account, balance);
    return balance;
  };
  return entries.every(({ id, from, to, amount }) => {
    if (book.known.has(id)) return true;
    const isOurs = plan.consistency === "local" || leaderOf(plan, from) === node;
    const left = change(from, -amount);
    change(to, amount);
    return !isOurs || left >= 0;
  });
}

/** What a node votes about its part of a transaction; asked for an audit, it tells the balances that it decides for. */
export function ballotOf(plan: LedgerPlan, book: Book, node: ProcessId, { entries, audit }: LedgerWork): Ballot {
  if (!covers(plan, book, node, entries)) return refusal("insufficientFunds");
  const found = audit ? accountsOf(plan, node).map((account) => book.balances[account]!) : null;
  return { yes: true, reason: "", found };
}

/** Accounts of a work that a node decides for. */
export function touched(plan: LedgerPlan, node: ProcessId, { entries, audit }: LedgerWork): number[] {
  if (audit) return accountsOf(plan, node);
  return entries.flatMap(({ from, to }) => [from, to]).filter((account) => leaderOf(plan, account) === node);
}

import type { Operation } from "../../history/operation.ts";
import type { Transaction } from "../../history/transactions.ts";
import { transactionOfRegister } from "../transactions/registerTransaction.ts";

/**
 * Operations as transactions for the memory models. One without an answer whose client went on, because what it was told
 * did not count, has no place in the line of its client: it may have happened at any time since.
 */
export function viewTransactions(operations: readonly Operation[]): Transaction[] {
  const strayed = strayedOf(operations);
  return operations.map((operation) => {
    const transaction = transactionOfRegister(operation);
    return strayed.has(operation) ? { ...transaction, process: -1 - operation.id } : transaction;
  });
}

/** Operations without an answer whose client asked for something else later. */
export function strayedOf(operations: readonly Operation[]): ReadonlySet<Operation> {
  const last = new Map<number, number>();
  for (const { session, id } of operations) last.set(session, Math.max(id, last.get(session) ?? -1));
  return new Set(operations.filter(({ outcome, session, id }) => outcome === "unknown" && last.get(session)! > id));
}

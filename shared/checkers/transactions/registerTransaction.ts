import type { Operation } from "../../history/operation.ts";
import type { Transaction } from "../../history/transactions.ts";

/** An operation as a transaction of one or two steps. */
export function transactionOfRegister({
  id,
  session,
  key,
  kind,
  argument,
  expected,
  result,
  invokedAtUs,
  completedAtUs,
  outcome,
}: Operation): Transaction {
  const reads = kind === "write" ? [] : [{ f: "r" as const, key, value: kind === "read" ? result : expected }];
  const writes = kind === "read" ? [] : [{ f: "w" as const, key, value: argument }];
  const completedAt = outcome === "unknown" ? Infinity : completedAtUs;
  return { id, process: session, steps: [...reads, ...writes], invokedAt: invokedAtUs, completedAt, outcome };
}

import { journeyOf } from "../../sim/idempotencyKey.ts";

/** How deep a message is looked into: a batch has letters, and a letter its request. */
const DEPTH_MAX = 4;
/** Elements of a list that are looked at. */
const ELEMENTS_MAX = 256;

/**
 * The operations that a message among nodes names anywhere in it: by the field that is called `operation` in the letters
 * of a queue's batch and the token of a saga, or as the entries of a ledger, whose name is the operation's number.
 */
export function namedOperations(message: unknown): Set<number> {
  const found = new Set<number>();
  search(message, DEPTH_MAX, found);
  return found;
}

function search(part: unknown, depth: number, found: Set<number>): void {
  if (typeof part !== "object" || part === null || depth === 0) return;
  if (Array.isArray(part)) {
    for (const element of part.slice(0, ELEMENTS_MAX)) search(element, depth - 1, found);
    return;
  }
  const { operation, ...others } = part as { readonly operation?: unknown };
  if (typeof operation === "number" && operation >= 0) found.add(journeyOf(operation));
  if (isLedgerEntry(part)) found.add(journeyOf(Number(part.id)));
  for (const other of Object.values(others)) search(other, depth - 1, found);
}

function isLedgerEntry(part: object): part is { readonly id: string } {
  const { id, amount } = part as { readonly id?: unknown; readonly amount?: unknown };
  return typeof amount === "number" && typeof id === "string" && /^\d+$/.test(id);
}

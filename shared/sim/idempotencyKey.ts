import { invariant } from "../core/invariant.ts";

/**
 * A key is the number of an operation, with a digit for every branch at which somebody on the way gave its work a key of
 * its own: the second step of a service, an attempt that is to count as a request of its own. Operations are below 4.2
 * million; 6 digits fit above them. The unit is odd and far from a power of two, so that the keys of one operation take
 * places far apart in tables that are indexed by a remainder.
 */
const UNIT = 4_204_431;
const DIGITS = 32;
const LONGEST = 2_097_152_000;

/** Branches that one component may give keys of their own, counted from 1. */
export const BRANCHES_MAX = DIGITS - 1;

/** The key of a branch (1 to 31) of some work: the same branch of the same work always has the same. */
export function branchKey(operation: number, branch: number): number {
  if (operation < 0) return operation;
  invariant(branch >= 1 && branch <= BRANCHES_MAX, `idempotency key: there is no branch ${branch}`);
  const branches = Math.floor(operation / UNIT) * DIGITS + branch;
  invariant(branches < LONGEST, "idempotency key: more than six branches on the way");
  return branches * UNIT + (operation % UNIT);
}

/** The operation that a key works for: whose journey it is. −1 stays −1: work of nobody's. */
export function journeyOf(key: number): number {
  return key < UNIT ? key : key % UNIT;
}

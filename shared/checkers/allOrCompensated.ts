import { ORDER_KINDS, accountCheck } from "./accountCheck.ts";
import { accountHistory } from "./accountHistory.ts";
import type { Checker } from "./checker.ts";

/**
 * An order moves money in several steps that may stand on several machines; for its client it has moved all of it or
 * nothing. A balance in which half of an order shows is allowed only while that order is under way.
 */
export const allOrCompensated = {
  guarantee: "allOrCompensated",
  promise: "An order is done as a whole, or everything that it had done is undone.",
  source: "Garcia-Molina & Salem 1987, Sagas, section 2.",
  kinds: ORDER_KINDS,
  begin: ({ opening = 100 }) => accountCheck({ opening, moves: "order", unexplained: "halfDone" }),
  accepted: accountHistory(
    "a orders 40 from 0 to 1 at 0..100",
    "b reads 60 of 0 at 50..60",
    "b orders 10 from 1 to 0 at 70..90 failed",
    "c reads 140 of 1 at 110..120",
  ),
  rejected: accountHistory(
    "a orders 40 from 0 to 1 at 0..100",
    "c reads 60 of 0 at 110..120",
    "c reads 100 of 1 at 130..140",
  ),
} satisfies Checker;

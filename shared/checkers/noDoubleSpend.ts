import { ACCOUNT_KINDS, accountCheck } from "./accountCheck.ts";
import { accountHistory } from "./accountHistory.ts";
import type { Checker } from "./checker.ts";

/** What payments need: no account pays what it has not, and a balance shows exactly what was paid. */
export const noDoubleSpend = {
  guarantee: "noDoubleSpend",
  promise: "The same money can't be spent twice, and a balance shows what was paid before it was asked for.",
  source: "Papadimitriou 1979, The serializability of concurrent database updates; Jepsen's bank test.",
  kinds: ACCOUNT_KINDS,
  begin: ({ opening = 100 }) => accountCheck({ opening, moves: "transfer", unexplained: "wrongBalance" }),
  accepted: accountHistory(
    "a moves 100 from 0 to 1 at 0..10",
    "b moves 50 from 1 to 0 at 5..15",
    "c moves 60 from 0 to 1 at 20..30 failed",
    "c finds 50 150 at 40..50",
    "d moves 50 from 0 to 1 at 60.. unknown",
    "a reads 0 of 0 at 70..80",
  ),
  rejected: accountHistory("a moves 100 from 0 to 1 at 0..10", "b moves 100 from 0 to 2 at 5..15"),
} satisfies Checker;

import type { Checker } from "./checker.ts";
import { historyOf } from "../history/shorthand.ts";
import { VIEW_KINDS } from "./registerKinds.ts";
import { viewCheck } from "./views/viewCheck.ts";

/**
 * Pipelined memory: every client sees the writes of each other client in the order in which that one made them, and its
 * own line of reads and writes as it made it; in between it may see them in any order, but in one.
 * Exact, by the views of all clients (views/). Memory: about 40 bytes for each write in each client's view; time: each write
 * enters each view once, and a read of an old value costs the writes that it moves in one view.
 */
export const pram = {
  guarantee: "pram",
  promise: "A client sees its own line as it was, and what each other client wrote in the order of the writing.",
  source: "Lipton & Sandberg 1988; Viotti & Vukolić 2016, section 3.4.",
  kinds: VIEW_KINDS,
  begin: () => viewCheck({ readsBeforeWrites: false, writesInOrder: true, ownWritesInLine: true }, "PRAM"),
  accepted: historyOf(
    "a writes 1 at 0..10",
    "b reads 1 at 20..30",
    "b writes 2 of key 1 at 40..50",
    "c reads 2 of key 1 at 60..70",
    "c reads empty at 80..90",
  ),
  rejected: historyOf("a writes 1 at 0..10", "a reads empty at 20..30"),
} satisfies Checker;

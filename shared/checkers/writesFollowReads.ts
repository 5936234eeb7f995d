import type { Checker } from "./checker.ts";
import { historyOf } from "../history/shorthand.ts";
import { VIEW_KINDS } from "./registerKinds.ts";
import { viewCheck } from "./views/viewCheck.ts";

/**
 * What a client writes after it has read something is seen after what it had read: whoever reads the answer to a question
 * can read the question.
 * Exact, by the views of all clients (views/). Memory: about 80 bytes for each write in each client's view; time: each write
 * enters each view once, and a read of an old value costs the writes that it moves in one view.
 * Simplified: judged together with monotonic reads, as in `memoryModels`: whoever may read old states in any order can't
 * tell one order of writes from another.
 */
export const writesFollowReads = {
  guarantee: "writesFollowReads",
  promise: "A write is seen by everybody after what its client had read before.",
  source: "Terry et al. 1994, section 3.3; Viotti & Vukolić 2016, section 3.4.",
  kinds: VIEW_KINDS,
  begin: () => viewCheck({ readsBeforeWrites: true, writesInOrder: false, ownWritesInLine: false }, "writesFollowReads"),
  accepted: historyOf(
    "a writes 1 at 0..10",
    "a writes 2 of key 1 at 20..30",
    "b reads 2 of key 1 at 40..50",
    "b reads empty at 60..70",
  ),
  rejected: historyOf(
    "a writes 1 at 0..10",
    "b reads 1 at 20..30",
    "b writes 2 of key 1 at 40..50",
    "c reads 2 of key 1 at 60..70",
    "c reads empty at 80..90",
  ),
} satisfies Checker;

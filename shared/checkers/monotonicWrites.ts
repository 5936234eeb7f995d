import type { Checker } from "./checker.ts";
import { historyOf } from "../history/shorthand.ts";
import { VIEW_KINDS } from "./registerKinds.ts";
import { viewCheck } from "./views/viewCheck.ts";

/**
 * The writes of a client take effect everywhere in their order: whoever has read one never reads anything from before an
 * earlier one of the same client.
 * Exact, by the views of all clients (views/). Memory: about 40 bytes for each write in each client's view; time: each write
 * enters each view once, and a read of an old value costs the writes that it moves in one view.
 * Simplified: judged together with monotonic reads, as in `memoryModels`: whoever may read old states in any order can't
 * tell one order of writes from another.
 */
export const monotonicWrites = {
  guarantee: "monotonicWrites",
  promise: "The writes of one client are seen by everybody in the order in which it made them.",
  source: "Terry et al. 1994, section 3.4; Viotti & Vukolić 2016, section 3.4.",
  kinds: VIEW_KINDS,
  begin: () => viewCheck({ readsBeforeWrites: false, writesInOrder: true, ownWritesInLine: false }, "monotonicWrites"),
  accepted: historyOf("a writes 1 at 0..10", "a reads empty at 20..30"),
  rejected: historyOf(
    "a writes 1 at 0..10",
    "a writes 2 of key 1 at 20..30",
    "b reads 2 of key 1 at 40..50",
    "b reads empty at 60..70",
  ),
} satisfies Checker;

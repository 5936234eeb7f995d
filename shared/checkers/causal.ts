import type { Checker } from "./checker.ts";
import { historyOf } from "../history/shorthand.ts";
import { VIEW_KINDS } from "./registerKinds.ts";
import { viewCheck } from "./views/viewCheck.ts";

/**
 * Causal memory: whoever reads a value can know of all that its writer had read and written before, and never reads
 * anything older than what it can know of. Two writes that could not know of each other may come in one order for one
 * client and in the other for another, but for each client in one.
 * It is this definition, and not causal convergence, that implies PRAM, as the lattice of guarantees has it.
 * Exact, by the views of all clients (views/). Memory: about 40 bytes for each write in each client's view; time: each write
 * enters each view once, and a read of an old value costs the writes that it moves in one view.
 */
export const causal = {
  guarantee: "causal",
  promise: "A client that can know of a write never reads anything from before it.",
  source: "Ahamad et al. 1995, section 2; decided as in Bouajjani et al. 2017, section 5.3 (causal memory).",
  kinds: VIEW_KINDS,
  begin: () => viewCheck({ readsBeforeWrites: true, writesInOrder: true, ownWritesInLine: true }, "causal"),
  accepted: historyOf(
    "a writes 1 at 0..10",
    "b writes 2 at 0..10",
    "c reads 1 at 20..30",
    "d reads 2 at 20..30",
    "c reads 2 at 40..50",
    "d reads 1 at 40..50",
  ),
  rejected: historyOf(
    "a writes 1 at 0..10",
    "b reads 1 at 20..30",
    "b writes 2 of key 1 at 40..50",
    "c reads 2 of key 1 at 60..70",
    "c reads empty at 80..90",
  ),
} satisfies Checker;

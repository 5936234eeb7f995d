import type { RegisterAnomaly } from "../checker.ts";
import type { AnomalyCard } from "./anomalyCard.ts";

/** What can be wrong with the answers of a register, a feed or a memory of registers. */
export const registerAnomalies = {
  staleRead: {
    title: "Stale read",
    what: "A client was told an old value although a newer one was already there before it asked. If there were only one copy of the data, nobody could have seen that.",
    source: "Herlihy & Wing 1990, section 2; named as in Viotti & Vukolić 2016, section 3.5.",
  },
  lostUpdate: {
    title: "Lost update",
    what: "A change that somebody had made was thrown away by another that did not know of it. Whoever made the first was told that it worked, and it is gone.",
    source: "Berenson et al. 1995, section 4.1 (P4); Adya 1999, section 4.2.3.",
  },
  phantomRead: {
    title: "Phantom read",
    what: "A client was shown a value that nobody had written, or whose writer had been told that it failed. No order of events explains where it came from.",
    source:
      "Aborted reads: Adya 1999, section 4.2.3 (G1a); values out of thin air: Viotti & Vukolić 2016, section 3.2.",
  },
  nonMonotonicRead: {
    title: "Non-monotonic read",
    what: "A client read a value, asked again, and got an older one. For that client time ran backwards.",
    source: "Terry et al. 1994, section 3.2.",
  },
  readYourWritesViolation: {
    title: "Own write not seen",
    what: "A client was told that its write is stored, and then read something older. To that client its own change seems never to have happened.",
    source: "Terry et al. 1994, section 3.1.",
  },
  boundExceeded: {
    title: "Staler than promised",
    what: "An old value was shown for longer after its replacement than the contract allows. A little staleness was promised, but this was more.",
    source: "Golab, Li & Shah 2011, section 2 (Δ-atomicity).",
  },
  nonLinearizable: {
    title: "No single order",
    what: "The answers can't be put in one line so that each fits the ones before it and none comes before its own question. So there was no moment at which each of them can have happened.",
    source: "Herlihy & Wing 1990, section 2; found by search as in Wing & Gong 1993.",
  },
  inconsistentView: {
    title: "View without an order",
    what: "What a client saw fits no order of the operations that its contract allows. It is as if different copies of the data had told it different stories.",
    source: "Viotti & Vukolić 2016, sections 3.1, 3.4 and 3.5.",
  },
  missingPost: {
    title: "Missing post",
    what: "A feed lacks a post that was acknowledged longer ago than the promised delay. Its reader follows the author and had room for it.",
    source: "Bailis & Ghodsi 2013, section 4 (bounds on staleness).",
  },
} as const satisfies Record<RegisterAnomaly, AnomalyCard>;

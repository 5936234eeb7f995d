import type { InvariantAnomaly } from "../checker.ts";
import type { AnomalyCard } from "./anomalyCard.ts";

/** What can be wrong with the answers of an account book, a counter, a set or a queue. */
export const invariantAnomalies = {
  wrongTotal: {
    title: "Wrong total",
    what: "All accounts together held more or less than they should, though money only ever moves between them. Some was made or lost, or the answer mixes two moments.",
    source: "Jepsen's bank test; read skew: Berenson et al. 1995, section 4.2 (A5A).",
  },
  negativeBalance: {
    title: "Overdrawn account",
    what: "An account was found with less than nothing on it. Payments that should have been refused went through.",
    source: "Jepsen's bank test; write skew: Berenson et al. 1995, section 4.2 (A5B).",
  },
  missingBalance: {
    title: "Account without balance",
    what: "An answer about all accounts said nothing about one of them. Every account holds something, even if it is zero.",
    source: "Jepsen's bank test.",
  },
  unexpectedAccount: {
    title: "Unexpected account",
    what: "An answer showed an account that does not exist. Nobody ever opened it.",
    source: "Jepsen's bank test.",
  },
  outOfBounds: {
    title: "Count out of bounds",
    what: "A counter showed a number that no order of the increments can have reached. Something was counted twice, or not at all.",
    source: "Jepsen's counter test; deduplication of retries: Helland 2012, Idempotence is not a medical condition.",
  },
  lostElement: {
    title: "Lost element",
    what: "Something was accepted or seen to be there, and later it is missing although nobody took it out. Its owner still believes that it is stored.",
    source: "Lost elements of Jepsen's set-full checker; DeCandia et al. 2007, section 4.4.",
  },
  unexpectedElement: {
    title: "Unexpected element",
    what: "An answer shows something that nobody put in, that was refused, or that had been taken out. It should not be there.",
    source: "Jepsen's set test; items that come back to a cart: DeCandia et al. 2007, section 4.4.",
  },
  duplicateElement: {
    title: "Duplicate",
    what: "Something that was handed over once shows up more than once. A message was delivered again, and nobody noticed that it was the same.",
    source: "Jepsen's queue and list-append checkers; Kreps, Narkhede & Rao 2011, section 3.3.",
  },
  missingElement: {
    title: "Drifted index",
    what: "A search did not find something that was accepted longer ago than the promised delay. What is derived has drifted away from its source.",
    source: 'Kleppmann 2017, chapter 11, section "Keeping Systems in Sync".',
  },
  longFork: {
    title: "Long fork",
    what: "Two clients each saw a write that the other did not see yet. For them the same two writes happened in opposite orders.",
    source: "Sovran et al. 2011, Parallel snapshot isolation, section 3; Jepsen's long-fork test.",
  },
  doubleSpend: {
    title: "Double spend",
    what: "More money was paid out of an account than was ever in it. Two places accepted payments that together it could not cover.",
    source:
      "Invariants over what is possible: Bailis et al. 2014, Coordination avoidance, section 4; Jepsen's bank test.",
  },
  wrongBalance: {
    title: "Wrong balance",
    what: "A balance was shown that no order of the acknowledged payments explains. Money that surely moved is not in it, or money is in it that nobody moved.",
    source: "Jepsen's bank test; lost update: Berenson et al. 1995, section 4.1 (P4).",
  },
  halfDone: {
    title: "Half done",
    what: "One half of an order shows and the other does not, though the order is over. It should have been finished, or undone as a whole.",
    source: "Garcia-Molina & Salem 1987, section 2.",
  },
} as const satisfies Record<InvariantAnomaly, AnomalyCard>;

import type { CycleName, TransactionAnomaly } from "../checker.ts";
import type { AnomalyCard } from "./anomalyCard.ts";

/** What a cycle of transactions is, by the kinds of dependencies in it. */
const CYCLES = {
  G0: {
    title: "Write cycle (G0)",
    what: "Transactions overwrote each other in different orders in different places.",
    source: "Adya 1999, section 4.2.1.",
  },
  G1c: {
    title: "Circular information flow (G1c)",
    what: "Transactions saw each other's writes in a circle, so that each has to come before itself.",
    source: "Adya 1999, section 4.2.3.",
  },
  "G-single": {
    title: "Read skew (G-single)",
    what: "A transaction missed a write by others and yet saw what followed from it.",
    source: "Adya 1999, section 4.3; read skew: Berenson et al. 1995, section 4.2 (A5A).",
  },
  "G-nonadjacent": {
    title: "Long fork (G-nonadjacent)",
    what: "Transactions that are not neighbours in the circle each missed a write and saw another in its place, so that they looked at two histories.",
    source: "Kingsbury & Alvaro 2020, section 5; Cerone & Gotsman 2018, theorem 4.1.",
  },
  "G2-item": {
    title: "Write skew (G2-item)",
    what: "Transactions each missed what the other wrote, so that neither can have been first.",
    source: "Adya 1999, section 4.3; write skew: Berenson et al. 1995, section 4.2 (A5B).",
  },
} as const satisfies Record<CycleName, AnomalyCard>;

/** What closes a cycle beside reads and writes, by the end of its name. */
const ORDERS = {
  "": { title: "", what: "Reads and writes alone prove it, whatever the clocks say.", source: "" },
  "-process": {
    title: " in a session",
    what: "It takes the order in which one client did its transactions to see it.",
    source: " Sessions: Kingsbury & Alvaro 2020, section 5.",
  },
  "-realtime": {
    title: " in real time",
    what: "It takes the clock to see it: one transaction had ended before another began.",
    source: " Real time: Kingsbury & Alvaro 2020, section 5.",
  },
} as const;

function cycleCard(name: CycleName, order: keyof typeof ORDERS): AnomalyCard {
  const [cycle, by] = [CYCLES[name], ORDERS[order]];
  return { title: cycle.title + by.title, what: `${cycle.what} ${by.what}`, source: cycle.source + by.source };
}

/** The names of all cycles with what they are: each kind alone, with the order of a client, and with real time. */
function cycleCards(): Record<`${CycleName}${keyof typeof ORDERS}`, AnomalyCard> {
  const orders = Object.keys(ORDERS) as (keyof typeof ORDERS)[];
  const names = Object.keys(CYCLES) as CycleName[];
  const cards = names.flatMap((name) => orders.map((order) => [name + order, cycleCard(name, order)] as const));
  return Object.fromEntries(cards) as ReturnType<typeof cycleCards>;
}

/** What can be wrong between transactions. */
export const transactionAnomalies = {
  ...cycleCards(),
  G1a: {
    title: "Aborted read (G1a)",
    what: "A transaction read what another had written before that one was called off. It acted on something that never happened.",
    source: "Adya 1999, section 4.2.3.",
  },
  G1b: {
    title: "Intermediate read (G1b)",
    what: "A transaction read a value that another wrote only for the time being and then replaced itself. It saw the inside of something unfinished.",
    source: "Adya 1999, section 4.2.3.",
  },
  internal: {
    title: "Contradicts itself",
    what: "A transaction read something else than its own earlier steps had left there. Not even it sees its own writes.",
    source: "Cerone, Bernardi & Gotsman 2015, section 3 (internal consistency).",
  },
  nonRepeatableRead: {
    title: "Non-repeatable read",
    what: "A transaction read the same key twice and got two different answers. Somebody changed it in between, inside what should be one moment.",
    source: "Berenson et al. 1995, section 4.1 (P2).",
  },
  incompatibleOrder: {
    title: "Incompatible orders",
    what: "Two reads of one list show its elements in orders that contradict each other. A list grows in one order only, so one of the two never existed.",
    source: "Kingsbury & Alvaro 2020, section 4.",
  },
  fracturedRead: {
    title: "Fractured read",
    what: "A transaction saw one part of what another wrote, and not the other part. Everything a transaction writes should appear at once.",
    source: "Bailis et al. 2014 (RAMP), section 3.2.",
  },
  notSerializable: {
    title: "Not serializable",
    what: "The transactions can't be put one after the other so that each would have read what it did. It took a search through the possible orders to show that none fits.",
    source: "Papadimitriou 1979, section 3; searched as in Biswas & Enea 2019, section 4.3.",
  },
} as const satisfies Record<TransactionAnomaly, AnomalyCard>;

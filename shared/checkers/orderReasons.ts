/** Why one operation comes before another, as something that anybody can look up in the history. */
export interface OrderCard {
  /** What stands at an arrow from the first to the second: "write 41 —answered before it was asked→ read 40". */
  readonly words: string;
  /** One sentence: what must be true of the two. */
  readonly about: string;
}

/**
 * The reasons of a checker for an order, by their names in the literature.
 * Source: dependencies of Adya 1999, section 4.1.2; process and real time: Kingsbury & Alvaro 2020, section 5; orders of
 * versions that follow from others: Biswas & Enea 2019, section 2.2.
 */
export const orderReasons = {
  realtime: {
    words: "answered before it was asked",
    about: "The first had its answer before the second was asked.",
  },
  session: {
    words: "same client, asked next",
    about: "The same client asked the second after it had the answer to the first.",
  },
  wr: {
    words: "was seen by it",
    about: "The second saw what the first wrote.",
  },
  ww: {
    words: "was replaced by it",
    about: "Both wrote the same key, and what else is known puts the first before the second.",
  },
  rw: {
    words: "saw what was there before it",
    about: "The first saw what was there before the second took effect.",
  },
} as const satisfies Record<string, OrderCard>;

/** Name of a reason. */
export type OrderReason = keyof typeof orderReasons;

/** One step of an order that can't be: ids of two operations, and why the first comes before the second. */
export interface OrderEdge {
  readonly before: number;
  readonly after: number;
  readonly why: OrderReason;
}

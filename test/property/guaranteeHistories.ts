import type * as fc from "fast-check";
import type { Checker, CheckerOptions } from "../../shared/checkers/checker.ts";
import type { Operation } from "../../shared/history/operation.ts";
import { accountHistories } from "./accountHistories.ts";
import { cartHistories } from "./cartHistories.ts";
import { elementHistory } from "./elementHistories.ts";
import { feedHistories } from "./feedHistories.ts";
import { storeHistory } from "./histories.ts";

/** Bounds in the measure of the generated histories, whose operations last microseconds. */
export const options: CheckerOptions = { boundMs: 0.01, settleMs: 0.02, opening: 20 };

const rightHistory = storeHistory({ length: 40, sessions: 6, keys: 2, lagsUs: [0] });
const laggingHistory = storeHistory({ length: 40, sessions: 4, keys: 2, lagsUs: [0, 0, 5, 40, 200] });
/** Histories of a right component and of one that lags behind, by what a guarantee is about. */
export interface Histories {
  readonly right: fc.Arbitrary<Operation[]>;
  readonly lagging: fc.Arbitrary<Operation[]>;
}

/** The histories that fit what a guarantee is about. */
export function historiesFor({ kinds }: Checker): Histories {
  if (kinds.includes("write")) return { right: rightHistory, lagging: laggingHistory };
  if (kinds.includes("timeline"))
    return { right: feedHistories({ lagsUs: [0] }), lagging: feedHistories({ lagsUs: [0, 0, 40, 200] }) };
  if (kinds.includes("search")) {
    const right = elementHistory(40, { lag: false, loss: false, repetition: false });
    return { right, lagging: elementHistory(40, { lag: true, loss: true, repetition: true }) };
  }
  if (kinds.includes("increment") || kinds.includes("remove")) {
    const of = kinds.includes("increment") ? "increment" : "add";
    return { right: cartHistories(of, false), lagging: cartHistories(of, true) };
  }
  const moves = kinds.includes("order") ? "order" : "transfer";
  return {
    right: accountHistories({ moves, lagsUs: [0] }),
    lagging: accountHistories({ moves, lagsUs: [0, 0, 5, 40, 200] }),
  };
}

import type { OrderEdge } from "./orderReasons.ts";

/**
 * The order that can't be when an answer does not show what it had to: the change was acknowledged before the question,
 * so it comes first; the answer is from before the change, so it comes first as well.
 */
export function missedOrder(change: number, answer: number): OrderEdge[] {
  return [
    { before: change, after: answer, why: "realtime" },
    { before: answer, after: change, why: "rw" },
  ];
}

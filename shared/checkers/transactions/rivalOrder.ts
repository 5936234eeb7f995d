import type { OrderEdge } from "../orderReasons.ts";

/** The order that can't be when two read the same version and both replaced it: each saw what was there before the other. */
export function rivalOrder(one: number, other: number): OrderEdge[] {
  return [
    { before: one, after: other, why: "rw" },
    { before: other, after: one, why: "rw" },
  ];
}

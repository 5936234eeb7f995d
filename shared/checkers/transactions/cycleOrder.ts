import type { OrderEdge, OrderReason } from "../orderReasons.ts";
import type { Dependency, Edge } from "./dependencies.ts";

const REASONS: Readonly<Record<Dependency, OrderReason>> = {
  ww: "ww",
  wr: "wr",
  rw: "rw",
  process: "session",
  realtime: "realtime",
};

/** A cycle of dependencies between nodes as an order between the operations that they stand for. */
export function orderOfCycle(cycle: readonly Edge[], nodes: readonly { readonly id: number }[]): OrderEdge[] {
  return cycle.map(({ from, to, why }) => ({ before: nodes[from]!.id, after: nodes[to]!.id, why: REASONS[why] }));
}

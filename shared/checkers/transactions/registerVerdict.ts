import type { CheckerOptions, Verdict } from "../checker.ts";
import { addDerivedOrder, addStatementOrder, DERIVED_NODES_MAX } from "./derived.ts";
import { fracturedReads } from "./fracturedReads.ts";
import type { IsolationLevel } from "./isolation.ts";
import { addOrders, isolationVerdict } from "./isolationVerdict.ts";
import { searchOrder } from "./orderSearch.ts";
import type { RegisterDependencies } from "./rwRegister.ts";
import { momentsOf } from "./schedule.ts";

/**
 * Judges transactions on registers by an isolation level: by the dependencies that the level implies, and where these
 * leave it open whether there is an order, by search. Up to causality the dependencies decide (Biswas & Enea 2019,
 * theorem 4.1); beyond, the question is NP-complete, and the search may run out of time.
 */
export function registerVerdict(
  found: RegisterDependencies,
  level: IsolationLevel,
  options: CheckerOptions = {},
): Verdict {
  const { nodes, graph, registers, writes } = found;
  addOrders(graph, nodes, level);
  const isSmall = nodes.length <= DERIVED_NODES_MAX;
  if (level.sight === "statement") addStatementOrder(graph, nodes, writes);
  else if (level.sight !== undefined && isSmall) addDerivedOrder(graph, registers, level.sight);
  const anomalies = [...found.anomalies, ...fracturedReads(graph, nodes)];
  const verdict = isolationVerdict({ ...found, anomalies }, { ...level, order: "none" }, options);
  if (verdict.outcome !== "valid" || level.cut === undefined) return verdict;
  const order = searchOrder(
    momentsOf(nodes, graph, registers, level.cut),
    registers.length,
    options.expired ?? (() => false),
  );
  if (order === "found") return verdict;
  if (order === "unknown" || level.single !== undefined) {
    return { outcome: "unknown", reason: "The search for an order of the transactions was ended before it was done." };
  }
  const witness = nodes.map(({ id }) => id);
  const sentence = "There is no order of the transactions in which each would have read what it did.";
  return {
    outcome: "invalid",
    anomalies: [{ name: "notSerializable", operation: witness.at(-1)!, witness, sentence, order: [] }],
  };
}

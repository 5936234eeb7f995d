import type { CheckerOptions, Verdict } from "../checker.ts";
import { addDerivedOrder, addNextWrites, addStatementOrder, DERIVED_NODES_MAX } from "./derived.ts";
import { fracturedReads } from "./fracturedReads.ts";
import type { IsolationLevel } from "./isolation.ts";
import { addOrders, isolationVerdict } from "./isolationVerdict.ts";
import { searchOrder } from "./orderSearch.ts";
import type { RegisterDependencies } from "./rwRegister.ts";
import { momentsOf } from "./schedule.ts";

/** Up to so many transactions all of the order that follows is added, so that a cycle is named by its plainest reason. */
const NAMED_NODES_MAX = 2_000;

/** What a verdict of a long history says of itself. */
const NO_ORDER_BUILT =
  "No contradiction was found, but the search for an order of all transactions was ended before it was done.";

/**
 * Judges transactions on registers by an isolation level: by the dependencies that the level implies, and where these
 * leave it open whether there is an order, by search. Up to causality the dependencies decide (Biswas & Enea 2019,
 * theorem 4.1); beyond, the question is NP-complete. Where the search ends early the history is valid as far as its
 * dependencies tell, as it is for Elle, which sees fewer of them; the verdict says so.
 */
export function registerVerdict(
  found: RegisterDependencies,
  level: IsolationLevel,
  options: CheckerOptions = {},
): Verdict {
  const { nodes, graph, registers } = found;
  const expired = options.expired ?? (() => false);
  addOrders(graph, nodes, level);
  const derived = addImpliedOrder(found, level, expired);
  const anomalies = [...found.anomalies, ...fracturedReads(graph, nodes)];
  const verdict = isolationVerdict({ ...found, anomalies }, { ...level, order: "none" }, options);
  if (verdict.outcome !== "valid") return verdict;
  const order =
    level.cut === undefined
      ? derived
      : searchOrder(momentsOf(nodes, graph, registers, level.cut), registers.length, expired);
  if (order === "found" || order === "done") return verdict;
  if (order === "unknown" || level.single !== undefined) return { outcome: "valid", caveat: NO_ORDER_BUILT };
  const witness = nodes.map(({ id }) => id);
  const sentence = "There is no order of the transactions in which each would have read what it did.";
  return {
    outcome: "invalid",
    anomalies: [{ name: "notSerializable", operation: witness.at(-1)!, witness, sentence, order: [] }],
  };
}

function addImpliedOrder(
  { graph, nodes, registers, writes }: RegisterDependencies,
  { sight, walks }: IsolationLevel,
  expired: () => boolean,
): "done" | "unknown" {
  if (sight === undefined) return "done";
  if (sight === "statement") {
    addStatementOrder(graph, nodes, writes);
    return "done";
  }
  if (nodes.length <= NAMED_NODES_MAX) return addDerivedOrder(graph, registers, sight, { expired });
  // What follows from the rest may be left out only where the sight itself is a way that must not come back.
  const isEnough = walks.some((walk) => sight.walk.next.every((state, at) => state === walk.next[at]));
  if (isEnough) addNextWrites(graph, registers);
  if (isEnough) return addDerivedOrder(graph, registers, sight, { derivation: "needed", expired });
  return nodes.length <= DERIVED_NODES_MAX ? addDerivedOrder(graph, registers, sight, { expired }) : "unknown";
}

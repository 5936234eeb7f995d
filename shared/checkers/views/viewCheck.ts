import type { Operation } from "../../history/operation.ts";
import type { Anomaly, Blame, Check } from "../checker.ts";
import { feed } from "../judge.ts";
import { smallestProof, type BlameAmong } from "../smallestProof.ts";
import { memoryModels, memoryVerdict } from "../transactions/memoryModels.ts";
import type { ViewModel } from "./viewModel.ts";
import { ViewRun } from "./viewRun.ts";
import { viewTransactions } from "./viewTransactions.ts";

/** Begins to judge by a model; `name` is what it is called among the memory models of whole histories. */
export function viewCheck(model: ViewModel, name: keyof typeof memoryModels): Check {
  const run = new ViewRun(model);
  const found: Anomaly[] = [];
  return {
    invoked: (operation) => run.invoked(operation),
    completed(operation) {
      const blame = run.completed(operation);
      if (blame === undefined) return undefined;
      const anomaly = explained(blame, { run, model, name, operation });
      found.push(anomaly);
      return anomaly;
    },
    finish() {
      if (found.length > 0) return { outcome: "invalid", anomalies: [...found] };
      return run.doubt === undefined ? { outcome: "valid" } : { outcome: "unknown", reason: run.doubt };
    },
  };
}

interface Scene {
  readonly run: ViewRun;
  readonly model: ViewModel;
  readonly name: keyof typeof memoryModels;
  /** The blamed operation with its answer. */
  readonly operation: Operation;
}

/** The anomaly with the fewest operations that prove it, and the order of these that could not be built. */
function explained(blame: Blame, { run, model, name, operation }: Scene): Anomaly {
  if (blame.name === "phantomRead") return { ...blame, order: [] };
  const says = (id: number): Operation => (id === operation.id ? operation : run.known(id));
  const among: BlameAmong = (operations) => blameAmong(model, operations, operation.id);
  const witness = blame.witness.map(says);
  const smallest = smallestProof(blame, witness, among);
  const verdict = memoryVerdict(viewTransactions(smallest.witness.map(says)), memoryModels[name]);
  return { ...smallest, order: verdict.outcome === "invalid" ? verdict.anomalies[0]!.order : [] };
}

/** Why an operation would be blamed if these were all there is; undefined when it would not. */
function blameAmong(model: ViewModel, operations: readonly Operation[], blamed: number): Blame | undefined {
  const run = new ViewRun(model);
  let found: Blame | undefined;
  const completed = (operation: Operation) => {
    const blame = run.completed(operation);
    if (operation.id === blamed) found = blame;
  };
  feed({ invoked: (operation) => run.invoked(operation), completed }, operations);
  return found;
}

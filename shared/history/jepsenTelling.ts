import { invariant } from "../core/invariant.ts";
import type { OperationKind } from "../core/operations.ts";
import type { Operation } from "./operation.ts";

/** How operations are told as one of Jepsen's workloads. */
export interface Telling {
  /** The model that judges it, as `npm run verdict` names it. */
  readonly model: string;
  /** The operations that it has words for. */
  readonly kinds: readonly OperationKind[];
  /** True when its reads show lists of elements. */
  readonly lists: boolean;
  /** True when every value stands beside its key, as in Jepsen's independent tests: `[key value]`. */
  readonly tuples: boolean;
  f(operation: Operation): string;
  asked(operation: Operation): string;
  told(operation: Operation): string;
}

const edn = (value: number | null): string => (value === null ? "nil" : String(value));

/**
 * The workloads of Jepsen in which operations of this game have a meaning.
 * Source: Jepsen's tests independent, register, set-full, counter and bank.
 */
export const tellings: readonly Telling[] = [
  {
    model: "cas-register",
    kinds: ["read", "write", "cas"],
    lists: false,
    tuples: true,
    f: ({ kind }) => kind,
    asked: ({ kind, expected, argument }) => (kind === "cas" ? `[${edn(expected)} ${edn(argument)}]` : edn(argument)),
    told: ({ result }) => edn(result),
  },
  {
    model: "counter",
    kinds: ["read", "increment"],
    lists: false,
    tuples: true,
    f: ({ kind }) => (kind === "increment" ? "add" : kind),
    asked: ({ argument }) => edn(argument),
    // What nobody counted yet is 0.
    told: ({ result }) => edn(result ?? 0),
  },
  {
    model: "set-full",
    kinds: ["read", "add"],
    lists: true,
    tuples: true,
    f: ({ kind }) => kind,
    asked: ({ argument }) => edn(argument),
    told: ({ results }) => `[${(results ?? []).join(" ")}]`,
  },
  {
    model: "bank",
    kinds: ["transfer", "audit"],
    lists: true,
    tuples: false,
    f: ({ kind }) => (kind === "audit" ? "read" : kind),
    asked: ({ kind, key, other, argument }) =>
      kind === "audit" ? "nil" : `{:from ${key}, :to ${edn(other)}, :amount ${edn(argument)}}`,
    told: ({ results }) => `{${(results ?? []).map((balance, account) => `${account} ${balance}`).join(", ")}}`,
  },
];

/** Lists to which elements are appended one at a time, as transactions of one step each. */
export const listAppendTelling: Telling = {
  model: "list-append",
  kinds: ["read", "append"],
  lists: true,
  tuples: false,
  f: () => "txn",
  asked: ({ kind, key, argument }) => (kind === "append" ? `[[:append ${key} ${edn(argument)}]]` : `[[:r ${key} nil]]`),
  told: ({ key, results }) => `[[:r ${key} [${(results ?? []).join(" ")}]]]`,
};

/** The workload as which all these operations can be told; undefined when there is none. */
export function tellingOf(operations: readonly Operation[]): Telling | undefined {
  return tellings.find((telling) => canTell(telling, operations));
}

/** True when a workload has words for every operation, and for what each was told. */
export function canTell({ kinds, lists }: Telling, operations: readonly Operation[]): boolean {
  return operations.every(({ kind, outcome, results }) => {
    const shows = (kind === "read" || kind === "audit") && outcome === "ok";
    return kinds.includes(kind) && (!shows || (results !== null) === lists);
  });
}

/** The value of an event as the telling writes it: with the answer once there is one, as it was asked otherwise. */
export function valueText(telling: Telling, operation: Operation, asks: boolean): string {
  invariant(telling.kinds.includes(operation.kind), `jepsen: ${telling.model} has no ${operation.kind}`);
  const shows = operation.kind === "read" || operation.kind === "audit";
  const value = shows && !asks && operation.outcome === "ok" ? telling.told(operation) : telling.asked(operation);
  return telling.tuples ? `[${operation.key} ${value}]` : value;
}

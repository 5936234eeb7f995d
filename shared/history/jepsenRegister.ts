import type { JepsenEvent, JepsenPair } from "./eventPairing.ts";
import type { OperationKind } from "../core/operations.ts";
import type { Operation } from "./operation.ts";

/** True when an event's value is one that a register's question or answer can have. */
export function fitsRegister({ type, f, value }: JepsenEvent): boolean {
  if (type === "info" || type === "fail") return f === "read" || f === "write" || f === "cas";
  if (f === "cas") return Array.isArray(value) && value.length === 2 && value.every(isValue);
  return f === "read" ? isValue(value) : f === "write" && isValue(value);
}

function isValue(value: unknown): boolean {
  return value === null || typeof value === "number";
}

/** The operation that a question to a register and its end make; where no key is named, all are on key 0. */
export function registerOperation(pair: JepsenPair, id: number): Operation {
  const { process, component = "register", key = 0, f, asked, told, invokedAt, completedAt, outcome } = pair;
  const [expected, replacement] = f === "cas" ? (asked as [number | null, number | null]) : [null, null];
  return {
    id,
    session: process,
    component,
    key: key as number,
    other: null,
    kind: f as OperationKind,
    argument: f === "write" ? (asked as number | null) : replacement,
    expected,
    result: f === "read" && outcome === "ok" ? (told as number | null) : null,
    results: null,
    invokedAtUs: invokedAt,
    completedAtUs: completedAt,
    outcome,
  };
}

/** The question and its end that an operation on a register was. */
export function registerPair(operation: Operation): JepsenPair {
  const { session, component, key, kind, argument, expected, result, invokedAtUs, completedAtUs, outcome } = operation;
  const asked = kind === "cas" ? [expected, argument] : argument;
  return {
    process: session,
    component,
    key,
    f: kind,
    asked,
    told: kind === "read" ? result : asked,
    invokedAt: invokedAtUs,
    completedAt: completedAtUs,
    outcome,
  };
}

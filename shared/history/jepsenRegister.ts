import type { Refusal } from "../core/refusal.ts";
import { isRefusal } from "../core/refusal.ts";
import type { JepsenEvent, JepsenPair } from "./eventPairing.ts";
import { readJepsenEvents } from "./jepsenEvents.ts";
import type { Operation, OperationKind } from "./operation.ts";

/** Reads a history of Jepsen's cas-register in EDN. All operations are on one register, key 0; times are positions. */
export function readJepsenEdn(text: string): Operation[] | Refusal {
  const pairs = readJepsenEvents(text, fitsRegister);
  return isRefusal(pairs) ? pairs : pairs.map(registerOperation);
}

/** True when an event's value is one that a register's question or answer can have. */
export function fitsRegister({ type, f, value }: JepsenEvent): boolean {
  if (type === "info" || type === "fail") return f === "read" || f === "write" || f === "cas";
  if (f === "cas") return Array.isArray(value) && value.length === 2 && value.every(isValue);
  return f === "read" ? isValue(value) : f === "write" && isValue(value);
}

function isValue(value: unknown): boolean {
  return value === null || typeof value === "number";
}

/** The operation that a question to a register and its end make. */
export function registerOperation(pair: JepsenPair, id: number): Operation {
  const { process, f, asked, told, invokedAt, completedAt, outcome } = pair;
  const [expected, replacement] = f === "cas" ? (asked as [number | null, number | null]) : [null, null];
  return {
    id,
    session: process,
    component: "register",
    key: 0,
    kind: f as OperationKind,
    argument: f === "write" ? (asked as number | null) : replacement,
    expected,
    result: f === "read" && outcome === "ok" ? (told as number | null) : null,
    invokedAtUs: invokedAt,
    completedAtUs: completedAt,
    outcome,
  };
}

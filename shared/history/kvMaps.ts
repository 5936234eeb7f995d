import type { JepsenEvent, JepsenPair } from "./eventPairing.ts";
import type { Outcome } from "./operation.ts";

/** One operation on a key-value store that can append, where every key starts as the empty string. Times are positions. */
export interface KeyValueOperation {
  readonly id: number;
  readonly session: number;
  readonly key: string;
  readonly kind: "get" | "put" | "append";
  /** What an `ok` get returned, and what a put or append was given; empty for a get without an answer. */
  readonly value: string;
  readonly invokedAtUs: number;
  readonly completedAtUs: number;
  readonly outcome: Outcome;
}

/** The operation that a question to a key-value store and its end make. */
export function keyValueOperation(pair: JepsenPair, id: number): KeyValueOperation {
  const { process, key, f, asked, told, invokedAt, completedAt, outcome } = pair;
  return {
    id,
    session: process,
    key: key as string,
    kind: f as KeyValueOperation["kind"],
    value: (f === "get" ? (outcome === "ok" ? told : "") : asked) as string,
    invokedAtUs: invokedAt,
    completedAtUs: completedAt,
    outcome,
  };
}

/** True when an event's value is one that a key-value question or answer can have. */
export function fitsKeyValue({ type, f, key, value }: JepsenEvent): boolean {
  if (typeof key !== "string" || !["get", "put", "append"].includes(f)) return false;
  if (type === "info" || type === "fail" || (f === "get" && type === "invoke")) return true;
  return typeof value === "string";
}

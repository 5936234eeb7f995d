import { isRefusal, type Refusal } from "../core/refusal.ts";
import type { JepsenEvent } from "./eventPairing.ts";
import { readJepsenEvents } from "./jepsenEvents.ts";
import type { Outcome } from "./operation.ts";

/** One operation on a key-value store that can append. Times are positions of events in the history, counted from 0. */
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

/**
 * Reads a key-value history of one EDN map an event, such as
 * `{:process 9, :type :invoke, :f :append, :key "0", :value "x 9 0 y"}`. Every key starts as the empty string.
 */
export function readKeyValueMaps(text: string): KeyValueOperation[] | Refusal {
  const pairs = readJepsenEvents(text, fitsKeyValue);
  if (isRefusal(pairs)) return pairs;
  return pairs.map(({ process, key, f, asked, told, invokedAt, completedAt, outcome }, id) => ({
    id,
    session: process,
    key: key as string,
    kind: f as KeyValueOperation["kind"],
    value: (f === "get" ? (outcome === "ok" ? told : "") : asked) as string,
    invokedAtUs: invokedAt,
    completedAtUs: completedAt,
    outcome,
  }));
}

function fitsKeyValue({ type, f, key, value }: JepsenEvent): boolean {
  if (typeof key !== "string" || !["get", "put", "append"].includes(f)) return false;
  if (type === "info" || type === "fail" || (f === "get" && type === "invoke")) return true;
  return typeof value === "string";
}

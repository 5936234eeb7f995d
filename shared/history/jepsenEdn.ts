import { refusal, type Refusal } from "../core/refusal.ts";
import { canTell, listAppendTelling, type Telling, tellingOf, tellings, valueText } from "./jepsenTelling.ts";
import { momentsOf } from "./moments.ts";
import type { Operation, Outcome } from "./operation.ts";

const TYPES: Readonly<Record<Outcome, string>> = { ok: "ok", fail: "fail", unknown: "info" };

/** A history of one component in lines of EDN, and the model that judges it. */
export interface JepsenText {
  readonly model: string;
  readonly lines: Iterable<string>;
}

/**
 * Tells the operations of one component as the history of a Jepsen test: one map a line, with `:time` in nanoseconds from
 * the start. What has keys is told as an independent test tells it, each value as a tuple `[key value]`.
 * Source: Jepsen's `jepsen.history` and `jepsen.independent`.
 */
export function jepsenEdn(component: string, operations: readonly Operation[]): JepsenText | Refusal {
  const telling = tellingOf(operations);
  if (telling === undefined) {
    const known = tellings.map(({ model, kinds }) => `${model} (${kinds.join(", ")})`).join(", ");
    return refusal("noTelling", `${component} was asked to ${asked(operations)}: Jepsen's tests have ${known}.`);
  }
  return written(telling, operations);
}

/**
 * Tells appends and reads of lists as Elle's list-append, each a transaction of one step. Registers can't be told so: what
 * they held before a write is not in what a read shows.
 * Source: Kingsbury & Alvaro 2020 (Elle), section 3.
 */
export function ednListAppend(component: string, operations: readonly Operation[]): JepsenText | Refusal {
  if (canTell(listAppendTelling, operations)) return written(listAppendTelling, operations);
  const sentence = `${component} was asked to ${asked(operations)}: only appends and reads of whole lists are list-append.`;
  return refusal("noTelling", sentence);
}

function written(telling: Telling, operations: readonly Operation[]): JepsenText {
  return { model: telling.model, lines: linesOf(telling, operations) };
}

function* linesOf(telling: Telling, operations: readonly Operation[]): Generator<string> {
  let index = 0;
  for (const { operation, asks, atUs } of momentsOf(operations)) {
    const type = asks ? "invoke" : TYPES[operation.outcome];
    const value = valueText(telling, operation, asks);
    yield `{:process ${operation.session}, :type :${type}, :f :${telling.f(operation)}, :value ${value}, :time ${nanoseconds(atUs)}, :index ${index}}\n`;
    index++;
  }
}

/** Written in digits, because nanoseconds of a long match would not fit a number exactly. */
function nanoseconds(atUs: number): string {
  return atUs === 0 ? "0" : `${atUs}000`;
}

function asked(operations: readonly Operation[]): string {
  const kinds = [...new Set(operations.map(({ kind }) => kind))].sort();
  return kinds.length === 0 ? "do nothing" : kinds.join(", ");
}

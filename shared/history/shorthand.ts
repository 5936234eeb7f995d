import { invariant } from "../core/invariant.ts";
import type { OperationKind } from "../core/operations.ts";
import type { Operation } from "./operation.ts";
import { endingOf, inOrderOfAsking, sessionOf } from "./sentences.ts";

const LINE =
  /^([a-z])(?:#(\d+))? (reads|writes|swaps) (empty|\d+)(?: for (\d+))?(?: of key (\d+))? at (\d+)\.\.(\d+)?(?: (failed|unknown))?$/;

const KINDS: Readonly<Record<string, OperationKind>> = { reads: "read", writes: "write", swaps: "cas" };

/**
 * A small history written as sentences, one operation each, for examples and tests. Sessions are letters, times are
 * milliseconds, keys are 0 unless told:
 * `historyOf("a writes 1 at 0..10", "b swaps 1 for 2 at 5..20", "b reads empty of key 3 at 30..40", "c writes 3 at 12..")`.
 * A time without an end is an operation that never returned; `failed` is a definite no, `unknown` no usable answer.
 */
export function historyOf(...lines: readonly string[]): Operation[] {
  return inOrderOfAsking(lines.map(operationOf));
}

function operationOf(line: string): Operation {
  const match = LINE.exec(line);
  invariant(match !== null, `history: "${line}" is not an operation`);
  const [, session = "", number = "0", verb = "", value = "", replacement, key = "0", from, until, ending] = match;
  const kind = KINDS[verb]!;
  const times = endingOf({ from, until, ending });
  const first = value === "empty" ? null : Number(value);
  return {
    id: 0,
    session: sessionOf(session) + 26 * Number(number),
    component: "register",
    key: Number(key),
    other: null,
    kind,
    argument: kind === "read" ? null : kind === "write" ? first : Number(replacement),
    expected: kind === "cas" ? first : null,
    result: kind === "read" && times.outcome === "ok" ? first : null,
    results: null,
    ...times,
  };
}

import { invariant } from "../core/invariant.ts";
import type { OperationKind } from "../core/operations.ts";
import type { Operation } from "../history/operation.ts";
import { endingOf, inOrderOfAsking, sessionOf } from "../history/sentences.ts";

const LINE = /^([a-z]) (adds|removes|counts|reads|finds) (nothing|-?\d+(?: \d+)*) at (\d+)\.\.(\d+)?(?: (failed|unknown))?$/;

const KINDS: Readonly<Record<string, OperationKind>> = {
  adds: "add",
  removes: "remove",
  counts: "increment",
  reads: "read",
  finds: "read",
};

/**
 * A small history of carts and counts written as sentences, for examples and tests; sessions are letters, times are
 * milliseconds, the key is 0: `cartHistory("a adds 1 at 0..10", "b finds 1 at 20..30", "c counts 5 at 0..9")`.
 */
export function cartHistory(...lines: readonly string[]): Operation[] {
  return inOrderOfAsking(lines.map(operationOf));
}

function operationOf(line: string): Operation {
  const match = LINE.exec(line);
  invariant(match !== null, `history: "${line}" is nothing that happens to carts and counts`);
  const [, session = "", verb = "", list = "", begins, ends, ending] = match;
  const times = endingOf({ from: begins, until: ends, ending });
  const values = list === "nothing" ? [] : list.split(" ").map(Number);
  const kind = KINDS[verb]!;
  const told = kind === "read" && times.outcome === "ok";
  return {
    id: 0,
    session: sessionOf(session),
    component: "carts",
    key: 0,
    other: null,
    kind,
    argument: kind === "read" ? null : values[0]!,
    expected: null,
    result: told && verb === "reads" ? values[0]! : null,
    results: told && verb === "finds" ? values : null,
    ...times,
  };
}

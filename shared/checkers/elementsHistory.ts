import { invariant } from "../core/invariant.ts";
import type { Operation } from "../history/operation.ts";
import { endingOf, inOrderOfAsking, sessionOf } from "../history/sentences.ts";

const LINE = /^([a-z]) (hands over|finds) (nothing|\d+(?:, \d+)*) at (\d+)\.\.(\d+)?(?: (failed|unknown))?$/;

/**
 * A small history of elements handed over and found, written as sentences, for examples and tests. Sessions are letters,
 * times are milliseconds, the key is 0: `elementsHistory("a hands over 1 at 0..10", "b finds 1, 2 at 20..30")`.
 */
export function elementsHistory(...lines: readonly string[]): Operation[] {
  return inOrderOfAsking(lines.map(operationOf));
}

function operationOf(line: string): Operation {
  const match = LINE.exec(line);
  invariant(match !== null, `history: "${line}" hands over and finds nothing`);
  const [, session = "", verb = "", list = "", from, until, ending] = match;
  const times = endingOf({ from, until, ending });
  const values = list === "nothing" ? [] : list.split(", ").map(Number);
  const finds = verb === "finds";
  return {
    id: 0,
    session: sessionOf(session),
    component: "articles",
    key: 0,
    other: null,
    kind: finds ? "search" : "publish",
    argument: finds ? null : (values[0] ?? null),
    expected: null,
    result: null,
    results: finds && times.outcome === "ok" ? values : null,
    ...times,
  };
}

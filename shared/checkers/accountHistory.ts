import { invariant } from "../core/invariant.ts";
import type { Operation } from "../history/operation.ts";
import { endingOf, inOrderOfAsking, sessionOf } from "../history/sentences.ts";

const LINE =
  /^([a-z]) (?:(moves|orders) (\d+) from (\d+) to (\d+)|finds ((?:-?\d+ )*-?\d+)|reads (-?\d+) of (\d+)) at (\d+)\.\.(\d+)?(?: (failed|unknown))?$/;

/**
 * A small history of accounts written as sentences, for examples and tests; sessions are letters, times milliseconds:
 * `accountHistory("a moves 40 from 0 to 1 at 0..10", "b finds 60 140 at 20..30", "c reads 60 of 0 at 40..50")`.
 */
export function accountHistory(...lines: readonly string[]): Operation[] {
  return inOrderOfAsking(lines.map(operationOf));
}

function operationOf(line: string): Operation {
  const match = LINE.exec(line);
  invariant(match !== null, `history: "${line}" is nothing that happens to accounts`);
  const [, session = "", moves, amount, from, to, all, balance, account, begins, ends, ending] = match;
  const times = endingOf({ from: begins, until: ends, ending });
  return {
    id: 0,
    session: sessionOf(session),
    component: "ledger",
    kind: moves === undefined ? (all === undefined ? "read" : "audit") : moves === "moves" ? "transfer" : "order",
    key: Number(from ?? account ?? 0),
    other: to === undefined ? null : Number(to),
    argument: amount === undefined ? null : Number(amount),
    expected: null,
    result: balance === undefined ? null : Number(balance),
    results: all === undefined ? null : all.split(" ").map(Number),
    ...times,
  };
}

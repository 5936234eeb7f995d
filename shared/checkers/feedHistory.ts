import { invariant } from "../core/invariant.ts";
import type { Operation } from "../history/operation.ts";
import { endingOf, inOrderOfAsking, sessionOf } from "../history/sentences.ts";

const LINE =
  /^([a-z]) (?:posts (\d+) as (\d+)|of (\d+) follows (\d+)|of (\d+) sees (nothing|(?:\d+ )*\d+)) at (\d+)\.\.(\d+)?(?: (failed|unknown))?$/;

/**
 * A small history of feeds written as sentences, for examples and tests; sessions are letters, times milliseconds:
 * `feedHistory("a posts 1 as 5 at 0..10", "r of 7 follows 5 at 0..10", "r of 7 sees 2 1 at 20..30")`.
 */
export function feedHistory(...lines: readonly string[]): Operation[] {
  return inOrderOfAsking(lines.map(operationOf));
}

function operationOf(line: string): Operation {
  const match = LINE.exec(line);
  invariant(match !== null, `history: "${line}" is nothing that happens to feeds`);
  const [, session = "", post, author, follower, followed, reader, seen, begins, ends, ending] = match;
  const times = endingOf({ from: begins, until: ends, ending });
  const found = seen === undefined || seen === "nothing" ? [] : seen.split(" ").map(Number);
  return {
    id: 0,
    session: sessionOf(session),
    component: "feed",
    kind: post !== undefined ? "post" : followed !== undefined ? "follow" : "timeline",
    key: Number(author ?? follower ?? reader),
    other: followed === undefined ? null : Number(followed),
    argument: post === undefined ? null : Number(post),
    expected: null,
    result: null,
    results: seen === undefined ? null : found,
    ...times,
  };
}

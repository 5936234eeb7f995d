import type { Match } from "../../../shared/match/match.ts";
import type { Bench } from "./figure.ts";
import { twelveNodes } from "./matchSpeed.ts";
import { quietMatch } from "./play.ts";

/** When to begin, so that caches, logs and snapshots have their size, and how long to watch. */
const FROM_MS = 60_000;
const MINUTES = 4;
const MINUTE_MS = 60_000;

/** What a running match keeps for good: history, ledger and what the checkers have to remember. */
export const memoryGrowth: Bench = {
  name: "memory",
  async run() {
    if (globalThis.gc === undefined) throw new Error("bench: memory is measured with --expose-gc, as npm run bench does");
    const match = quietMatch(twelveNodes());
    const { history } = match.record;
    playUntil(match, FROM_MS);
    const before = { bytes: bytesInUse(), operations: history.length };
    playUntil(match, FROM_MS + MINUTES * MINUTE_MS);
    const grownBytes = bytesInUse() - before.bytes;
    const operations = history.length - before.operations;
    const what = "memory that a match of 500 requests/s keeps";
    return [
      { what: `${what} of a simulated minute`, value: grownBytes / MINUTES / 1e6, unit: "MB", aim: null },
      { what: `${what} of an operation`, value: grownBytes / operations, unit: "bytes", aim: null },
    ];
  },
};

function playUntil(match: Match, untilMs: number): void {
  while (match.clockMs < untilMs) match.advance();
}

/** Live bytes of the heap and of the columns outside of it. */
function bytesInUse(): number {
  globalThis.gc!();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

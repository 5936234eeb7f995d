import { invariant } from "../../shared/core/invariant.ts";
import { isRefusal } from "../../shared/core/refusal.ts";
import type { LoggedIntent } from "../../shared/match/intent.ts";
import type { Match } from "../../shared/match/match.ts";

/**
 * Plays a fresh match again from its log, up to `tick` or to the last logged intent, whichever is later. What was
 * accepted once is accepted again, because the match is the same to the bit; anything else is a bug.
 */
export function replay(match: Match, log: readonly LoggedIntent[], tick: number): Match {
  const untilTick = Math.max(tick, log.at(-1)?.tick ?? 0);
  let next = 0;
  for (;;) {
    for (let entry = log[next]; entry !== undefined && entry.tick <= match.tick + 1; entry = log[(next += 1)]) {
      const again = match.intend(entry.operator, entry.intent);
      invariant(!isRefusal(again), `replay: an intent of tick ${entry.tick} that was accepted is refused`);
    }
    if (match.tick >= untilTick || match.over) return match;
    match.advance();
  }
}

import type { LoggedIntent } from "../../shared/match/intent.ts";
import type { Match } from "../../shared/match/match.ts";

/**
 * Plays a fresh match again from its log, up to `tick` or to the last logged intent, whichever is later. The match is
 * then where it was, to the bit, and can be played on.
 */
export function replay(match: Match, log: readonly LoggedIntent[], tick: number): Match {
  const untilTick = Math.max(tick, log.at(-1)?.tick ?? 0);
  let next = 0;
  for (;;) {
    for (let entry = log[next]; entry?.tick === match.tick; entry = log[(next += 1)]) match.replay(entry);
    if (match.tick >= untilTick || match.over) return match;
    match.advance();
  }
}

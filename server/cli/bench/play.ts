import type { Level } from "../../../shared/level/schema.ts";
import { Match } from "../../../shared/match/match.ts";
import { ROLES } from "../../../shared/match/roles.ts";
import { cpuSeconds } from "./figure.ts";

/** What it took to play a whole match. */
export interface Play {
  readonly seconds: number;
  readonly events: number;
  readonly match: Match;
}

/** A match of a level that nobody plays. */
export function quietMatch(level: Level): Match {
  return new Match(level, "bench", [{ name: "Bench", roles: ROLES }]);
}

/** Plays it to the end, as a server does: simulation, history, checkers and score. */
export function play(level: Level): Play {
  const match = quietMatch(level);
  const seconds = cpuSeconds(() => {
    while (!match.over) match.advance();
    match.debrief();
  });
  return { seconds, events: match.cluster.world.kernel.events, match };
}

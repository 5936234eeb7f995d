import { isRefusal, type Refusal } from "../../shared/core/refusal.ts";
import type { Level } from "../../shared/level/schema.ts";
import type { LoggedIntent } from "../../shared/match/intent.ts";
import { Match, type CrewMember } from "../../shared/match/match.ts";
import { dealRoles } from "../../shared/match/roles.ts";
import type { Wish } from "./intents.ts";

/** Four people with one role each, or fewer with more. */
export function crewOf(size: number): CrewMember[] {
  return dealRoles(size).map((roles, seat) => ({ name: `Player ${seat}`, roles }));
}

/** Plays a match in which these wishes are asked for, and calls `each` before every tick. */
export function play(
  level: Level,
  { seed = "play", crew = 1, wishes = [] as readonly Wish[], each = (_: Match): void => undefined } = {},
): { match: Match; answers: (Refusal | LoggedIntent)[] } {
  const match = new Match(level, seed, crewOf(crew));
  const answers: (Refusal | LoggedIntent)[] = [];
  let next = 0;
  let atTick = wishes[0]?.afterTicks ?? 0;
  while (!match.over) {
    while (next < wishes.length && atTick <= match.tick) {
      const { operator, intent } = wishes[next++]!;
      answers.push(match.intend(operator, intent));
      atTick += wishes[next]?.afterTicks ?? 0;
    }
    each(match);
    match.advance();
  }
  return { match, answers };
}

/** Plays a log again, as a replay or a restarted server does. */
export function replay(level: Level, seed: string, crew: number, log: readonly LoggedIntent[]): Match {
  const match = new Match(level, seed, crewOf(crew));
  let next = 0;
  while (!match.over) {
    while (next < log.length && log[next]!.tick === match.tick) match.replay(log[next++]!);
    match.advance();
  }
  return match;
}

/** The sentences of those who were refused. */
export function refusals(answers: readonly (Refusal | LoggedIntent)[]): Refusal[] {
  return answers.filter((answer) => isRefusal(answer));
}

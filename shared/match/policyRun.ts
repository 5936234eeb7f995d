import { isRefusal } from "../core/refusal.ts";
import type { Level } from "../level/schema.ts";
import { FirstLoss } from "./firstLoss.ts";
import { Match } from "./match.ts";
import { PolicyPlayer, type Rule } from "./policy.ts";
import { ROLES } from "./roles.ts";
import { unfilled } from "./template.ts";

/** A policy looks at its screen this often, in ticks: twice a second, as often as a bot. */
export const LOOK_TICKS = 10;

/** What a policy made of one seed. */
export interface PolicyRun {
  readonly seed: string;
  readonly stars: readonly boolean[];
  readonly score: number;
  /** Shares, 0 to 1. */
  readonly availability: number;
  readonly correctness: number;
  readonly spent: number;
  readonly total: number;
  readonly stateHash: string;
  /** From the oldest standing warning to the first real loss, ms; null when nothing was lost, −1 when nobody was warned. */
  readonly warnedMs: number | null;
  /** Placeholders of the debrief that had no fact. */
  readonly unfilled: readonly string[];
}

/** Plays a match to its end by a policy that sits alone and holds all roles, through the same door as people. */
export function playPolicy(level: Level, seed: string, rules: readonly Rule[]): PolicyRun {
  const match = new Match(level, seed, [{ name: "Policy", roles: ROLES }]);
  const firstLoss = new FirstLoss();
  advanceWith(match, rules, level.lasts, () => firstLoss.look(match));
  const debrief = match.debrief();
  return {
    seed,
    stars: debrief.stars.map(({ won }) => won),
    score: debrief.score,
    availability: debrief.availability,
    correctness: debrief.correctness,
    spent: debrief.spent,
    total: debrief.total,
    stateHash: debrief.stateHash,
    warnedMs: firstLoss.warnedMs,
    unfilled: unfilled(debrief.lesson),
  };
}

/** Lets operator 0 play by these rules until the clock shows `untilMs` or the match is over; `looked` is told at each look. */
export function advanceWith(
  match: Match,
  rules: readonly Rule[],
  untilMs: number,
  looked: () => void = () => {},
): void {
  const player = new PolicyPlayer(match.level, rules);
  while (!match.over && match.clockMs < untilMs) {
    if (match.tick % LOOK_TICKS === 0) {
      looked();
      for (const intent of rules.length === 0 ? [] : player.think(match.view(0))) {
        if (isRefusal(match.intend(0, intent))) player.askAgain(intent);
      }
    }
    match.advance();
  }
}

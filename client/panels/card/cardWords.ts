import type { Debrief } from "../../../shared/match/debrief.ts";
import type { OperatorView } from "../../../shared/match/view.ts";

/** Names on a card before the rest is counted. */
const NAMED = 3;

/** Who played: "Mira", "Mira and Kim", "Mira, Kim and Sol", "Mira, Kim and 3 more"; a match of bots alone says so. */
export function crewText(operators: readonly OperatorView[]): string {
  const names = operators.filter(({ bot }) => !bot).map(({ name }) => name);
  if (names.length === 0) return "Bots alone";
  const shown = names.length > NAMED ? [...names.slice(0, NAMED - 1), `${names.length - NAMED + 1} more`] : names;
  return shown.length === 1 ? shown[0]! : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)!}`;
}

/** Whether the network was cut somewhere during the match. */
export function wasCut({ timeline }: Debrief): boolean {
  return timeline.faults.some(({ text }) => /partition|cut/i.test(text));
}

/** A name for the files of a match, such as "split-brain-04-two-lamps-812". */
export function fileName({ level, score }: Pick<Debrief, "level" | "score">): string {
  return `split-brain-${level.id}-${Math.round(score)}`;
}

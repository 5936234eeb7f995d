import { signal } from "@preact/signals";
import type { Debrief } from "../../shared/match/debrief.ts";
import type { LevelCard } from "../../shared/match/view.ts";
import { moneyText } from "./figures.ts";
import { recall, remember } from "./memory.ts";

/** What this browser won on a level: each star once won is kept, whatever later matches bring. */
export interface Won {
  readonly stars: readonly boolean[];
  readonly bestScore: number;
}

const NOTHING: Won = { stars: [false, false, false], bestScore: -1 };

const won = signal<Readonly<Record<string, Won>>>(read());

/** What was won on a level; a best score of −1 means that it was not played yet. */
export function wonOn(level: string): Won {
  return won.value[level] ?? NOTHING;
}

/** Keeps what a match won; one that was ended early proves nothing yet. */
export function keepStars(debrief: Debrief): void {
  const { id, lastsMs } = debrief.level;
  if (debrief.timeline.lastsMs < lastsMs) return;
  const before = wonOn(id);
  const stars = debrief.stars.map((star, at) => star.won || (before.stars[at] ?? false));
  won.value = { ...won.value, [id]: { stars, bestScore: Math.max(before.bestScore, debrief.score) } };
  remember("stars", JSON.stringify(won.value));
}

/** What each star of a level asks for. */
export function starsAsk(level: LevelCard): string[] {
  return [
    `Availability ${share(level.availabilitySlo)} or better`,
    `Correctness ${share(level.correctnessSlo)} or better`,
    `Both, for ${moneyText(level.parSpend)} or less`,
  ];
}

function share(part: number): string {
  return `${Math.round(part * 100_000) / 1_000}%`;
}

function read(): Record<string, Won> {
  try {
    return (JSON.parse(recall("stars") ?? "{}") ?? {}) as Record<string, Won>;
  } catch {
    return {};
  }
}

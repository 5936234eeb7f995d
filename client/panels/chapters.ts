import type { LevelCard } from "../../shared/match/view.ts";

/** The letters of the curriculum and what each is about. */
const SUBJECTS: Readonly<Record<string, { readonly title: string; readonly about: string }>> = {
  A: { title: "One machine", about: "capacity" },
  B: { title: "The network lies", about: "load and retries" },
  C: { title: "Fog season", about: "consistency against availability" },
  D: { title: "Data decides", about: "storage" },
  E: { title: "Across services", about: "transactions" },
  F: { title: "Night duty", about: "people and money" },
};

/** Levels that belong together: an island of the sea chart. */
export interface Chapter {
  readonly letter: string;
  readonly title: string;
  readonly about: string;
  readonly levels: readonly LevelCard[];
}

/** Groups levels by the letter of what they teach, in the order in which the letters first come up. */
export function chaptersOf(levels: readonly LevelCard[]): Chapter[] {
  const letters = [...new Set(levels.map(letterOf))];
  return letters.map((letter) => ({
    letter,
    ...(SUBJECTS[letter] ?? { title: "Open water", about: "everything else" }),
    levels: levels.filter((level) => letterOf(level) === letter),
  }));
}

function letterOf(level: LevelCard): string {
  return level.teaches[0]?.slice(0, 1) ?? "";
}

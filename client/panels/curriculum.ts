import { signal } from "@preact/signals";
import type { LevelCard } from "../../shared/match/view.ts";
import { isUnreadable, listLevels } from "../session/directory.ts";

const levels = signal<readonly LevelCard[] | null>(null);
const trouble = signal<string | null>(null);

/** The levels of this server, read once; `trouble` says why they could not be read. */
export const curriculum = {
  levels,
  trouble,
  /** Where a crew begins: the first level that more than one can play, once levels are known. */
  firstForCrew(): string | undefined {
    return levels.value?.find(({ operatorsMax }) => operatorsMax > 1)?.id;
  },
  fetch(): void {
    if (levels.value !== null) return;
    trouble.value = null;
    void listLevels().then((found) => {
      if (isUnreadable(found)) trouble.value = found.sentence;
      else levels.value = found;
    });
  },
};

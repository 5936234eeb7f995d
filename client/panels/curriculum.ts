import { signal } from "@preact/signals";
import type { LevelCard } from "../../shared/match/view.ts";
import { isUnreadable, listLevels } from "../session/directory.ts";

const levels = signal<readonly LevelCard[] | null>(null);
const trouble = signal<string | null>(null);

/** The levels of this server, read once; `trouble` says why they could not be read. */
export const curriculum = {
  levels,
  trouble,
  fetch(): void {
    if (levels.value !== null) return;
    trouble.value = null;
    void listLevels().then((found) => {
      if (isUnreadable(found)) trouble.value = found.sentence;
      else levels.value = found;
    });
  },
};

import { type Chapter, chaptersOf } from "../chapters.ts";
import type { LevelCard } from "../../../shared/match/view.ts";

/** The chart's size, in units of its drawing. */
export const CHART = { width: 1_000, height: 780 } as const;

/** Where chapters lie on the chart, from the first to the sixth; later ones start over further out. */
const BERTHS = [
  { x: 205, y: 190 },
  { x: 600, y: 165 },
  { x: 330, y: 470 },
  { x: 745, y: 440 },
  { x: 470, y: 680 },
  { x: 830, y: 680 },
] as const;

/** A chapter on the chart, with a lighthouse for each of its levels. */
export interface ChartedChapter extends Chapter {
  readonly x: number;
  readonly y: number;
  readonly radiusX: number;
  readonly radiusY: number;
  /** The foot of each level's lighthouse, in chart units. */
  readonly lighthouses: readonly { readonly level: LevelCard; readonly x: number; readonly y: number }[];
}

/** Puts the chapters on the chart; few chapters lie in the middle of it and are larger. */
export function chartOf(levels: readonly LevelCard[]): ChartedChapter[] {
  const chapters = chaptersOf(levels);
  return chapters.map((chapter, at) => {
    const { x, y } = berth(at, chapters.length);
    const count = chapter.levels.length;
    const radiusX = 86 + count * 26;
    const step = Math.min(74, (radiusX * 1.5) / Math.max(1, count));
    const lighthouses = chapter.levels.map((level, index) => ({
      level,
      x: x + (index - (count - 1) / 2) * step,
      y: y + (index % 2 === 0 ? 10 : 30),
    }));
    return { ...chapter, x, y, radiusX, radiusY: 92 + (count > 1 ? 10 : 0), lighthouses };
  });
}

/** Three chapters get room; more fill the berths in order. */
function berth(at: number, chapters: number): { readonly x: number; readonly y: number } {
  const roomy = [
    { x: 235, y: 240 },
    { x: 700, y: 215 },
    { x: 500, y: 535 },
  ] as const;
  return chapters <= 3 ? roomy[at]! : BERTHS[at % BERTHS.length]!;
}

import type { StoryMessage } from "../../../shared/match/evidence/evidence.ts";
import { clockText, msText } from "../figures.ts";

/** A message in one line: "00:09.655 client a2 → Oak: write 909, 0.3 ms". */
export function messageSentence({ from, to, words, sentAtMs, arrivedAtMs, fate }: StoryMessage): string {
  const became = fate === "arrived" ? `${msText(Math.round((arrivedAtMs - sentAtMs) * 10) / 10)} ms` : FATES[fate];
  return `${momentText(sentAtMs)} ${from} → ${to}: ${words}, ${became}`;
}

const FATES = {
  lost: "lost on the way",
  cut: "stopped by the partition",
  dropped: "found nobody up",
} as const;

/** "00:09.655": a moment of the match to the millisecond. */
export function momentText(ms: number): string {
  return `${clockText(ms)}.${String(Math.floor(ms % 1_000)).padStart(3, "0")}`;
}

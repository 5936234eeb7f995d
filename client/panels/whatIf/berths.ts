import { lanesOf } from "../debrief/lanes.ts";
import { changeOf, type Edit } from "./edits.ts";

/** Where an intent lies on the timeline: shares of the match, the side of its words, and a lane that keeps all of it clear. */
export interface Berth {
  readonly edit: Edit;
  readonly now: number;
  /** Where it was played, for one that was moved. */
  readonly was: number | null;
  /** Its words stand before it, so that they leave the way to where it was free, or do not run off the end. */
  readonly wordsBefore: boolean;
  readonly lane: number;
}

/** How much of the timeline a letter takes, and the mark with its gap, in letters. */
const LETTER = 0.0068;
const MARK = 5;
/** "was 01:43" beside the ring. */
const WAS = 13;
/** " 01:24.35" after the words of one that is changed. */
const TIME = 9;

/** Finds a place for every intent. They keep their order whatever is moved, so that the one in hand stays in hand. */
export function berthsOf(edits: readonly Edit[], ticks: number): Berth[] {
  const laid = edits.map((edit) => {
    const change = changeOf(edit);
    const now = (edit.now ?? edit.was!).tick / ticks;
    const was = edit.was !== null && edit.now !== null && edit.was.tick !== edit.now.tick ? edit.was.tick / ticks : null;
    const words = (edit.text.length + MARK + (change === null ? 0 : TIME)) * LETTER;
    const wouldFit = now - words >= 0;
    const wordsBefore = wouldFit && (was === null ? now + words > 1.06 : was > now);
    const before = wordsBefore ? words : MARK * LETTER;
    const after = wordsBefore ? MARK * LETTER : words;
    const ghost = was === null ? 0 : WAS * LETTER;
    const from = Math.min(now - before, was === null ? now : was - ghost);
    const to = Math.max(now + after, was === null ? now : was + ghost);
    return { edit, now, was, wordsBefore, from, to };
  });
  return lanesOf(laid, ({ from, to }) => ({ from, to, letters: 0 }))
    .map(({ item: { edit, now, was, wordsBefore }, lane }) => ({ edit, now, was, wordsBefore, lane }))
    .toSorted((a, b) => a.edit.id - b.edit.id);
}

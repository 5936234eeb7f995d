/** Something on a track: where it begins and ends, as shares of the match, and how many letters its words have. */
export interface Extent {
  readonly from: number;
  readonly to: number;
  readonly letters: number;
}

/** Where the words of something on a track stand: after it, before it, or nowhere, for want of room. */
export type WordsSide = "after" | "before" | "none";

/** Width of one letter and of the mark with its gap, in CSS pixels. */
const LETTER_PX = 7;
const MARK_PX = 24;

/**
 * Gives the things on one track their words, as far as the words cover neither another thing nor other words. `extents`
 * are in order of time; `widthPx` is the track's. Words stand after their thing; where the next comes too soon, before it.
 */
export function fitWords(extents: readonly Extent[], widthPx: number): WordsSide[] {
  let takenPx = 0;
  return extents.map(({ from, to, letters }, at) => {
    const fromPx = from * widthPx;
    const endPx = Math.max(to * widthPx, fromPx + MARK_PX / 2);
    const wordsPx = letters * LETTER_PX + MARK_PX / 2;
    const nextPx = at + 1 < extents.length ? extents[at + 1]!.from * widthPx - MARK_PX / 2 : widthPx;
    const clear = fromPx >= takenPx;
    const side =
      endPx + wordsPx <= nextPx ? "after" : clear && fromPx - wordsPx - MARK_PX / 2 >= takenPx ? "before" : "none";
    takenPx = Math.max(takenPx, endPx + (side === "after" ? wordsPx : 0));
    return side;
  });
}

/** Something on the timeline with the lane that keeps its words clear of others. */
export interface Placed<Item> {
  readonly item: Item;
  /** Share of the match, 0 to 1. */
  readonly from: number;
  readonly to: number;
  readonly lane: number;
}

/** How much of the timeline one letter takes. */
const LETTER = 0.0068;

/** Puts items that begin one after another into as few lanes as keep their words apart. */
export function lanesOf<Item>(
  items: readonly Item[],
  extent: (item: Item) => { readonly from: number; readonly to: number; readonly letters: number },
): Placed<Item>[] {
  const ends: number[] = [];
  return items
    .map((item) => ({ item, ...extent(item) }))
    .toSorted((a, b) => a.from - b.from)
    .map(({ item, from, to, letters }) => {
      const free = ends.findIndex((end) => end <= from);
      const lane = free < 0 ? ends.length : free;
      ends[lane] = Math.max(to, from + letters * LETTER) + LETTER;
      return { item, from, to, lane };
    });
}

import type { OperationKind } from "../../core/operations.ts";
import type { Ledgered } from "../durable.ts";
import type { FeedEntry } from "../feed.ts";

/** What a table keeps on its disk: rows, the operations that have taken effect, and the feed of all changes. */
export interface Rows {
  readonly lists: Map<number, readonly number[]>;
  readonly counts: Map<number, number>;
  readonly known: Set<number>;
  readonly feed: FeedEntry[];
}

/** A change of one row. `operation` is its idempotency key, −1 for a change that is made again when it is asked again. */
export interface RowChange {
  readonly kind: OperationKind;
  readonly key: number;
  readonly value: number;
  readonly operation: number;
}

/** True when this operation has taken effect before. */
export function isKnown({ known }: Rows, operation: number): boolean {
  return operation >= 0 && known.has(operation);
}

/** The rules of a table's disk: the row, the memory of its operation and the feed change together or not at all. */
export const tableRows: Ledgered<Rows, RowChange> = {
  empty: () => ({ lists: new Map(), counts: new Map(), known: new Set(), feed: [] }),
  apply(rows, { kind, key, value, operation }) {
    if (isKnown(rows, operation)) return;
    if (operation >= 0) rows.known.add(operation);
    if (kind === "increment") rows.counts.set(key, (rows.counts.get(key) ?? 0) + value);
    else rows.lists.set(key, kind === "write" ? [value] : [...(rows.lists.get(key) ?? []), value]);
    rows.feed.push({ position: rows.feed.length + 1, kind, key, value, operation });
  },
  copy: ({ lists, counts, known, feed }) => ({
    lists: new Map(lists),
    counts: new Map(counts),
    known: new Set(known),
    feed: feed.slice(),
  }),
};

import type { Ledgered } from "../durable.ts";
import type { FeedEntry } from "../feed.ts";

/** What is shown of one key. */
export interface Row {
  readonly values: readonly number[];
  readonly count: number;
  readonly sum: number;
}

/** Where a view stands in the feed of one node of its source. */
export interface Progress {
  readonly life: number;
  readonly position: number;
}

/** One derivation of the source: rows by key, the operations in it, and how far it has read each feed. */
export interface View {
  readonly rows: Map<number, Row>;
  readonly known: Set<number>;
  readonly progress: Progress[];
}

/** What a projection keeps on its disk: the view that answers, and the one that is being built to take its place. */
export interface ViewDisk {
  live: View;
  next: View | null;
  /** False while it stands empty and was never built. */
  built: boolean;
}

/** A change of it, as it stands in the log of its disk. */
export type ViewChange =
  /** A second write, from whoever wrote the source. */
  | { readonly type: "told"; readonly entry: FeedEntry }
  /** Changes read from a feed, whose end they may be. */
  | { readonly type: "read"; readonly view: number; readonly feed: number; readonly to: Progress; readonly entries: readonly FeedEntry[] }
  | { readonly type: "rebuild" }
  | { readonly type: "swap" };

/** Numbers of the views in questions to a feed. */
export const LIVE = 0;
export const NEXT = 1;

/** A row that nothing has happened to. */
export const EMPTY_ROW: Row = { values: [], count: 0, sum: 0 };

/** A view that has read nothing. */
export function emptyView(): View {
  return { rows: new Map(), known: new Set(), progress: [] };
}

/** Where a view stands in a feed. */
export function progressOf(view: View, feed: number): Progress {
  return view.progress[feed] ?? { life: 0, position: 0 };
}

/** Takes one change into a view, once: the state of a key is a fold over what happened to it. */
export function takeIn(view: View, { kind, key, value, operation }: FeedEntry): void {
  if (operation >= 0) {
    if (view.known.has(operation)) return;
    view.known.add(operation);
  }
  const row = view.rows.get(key) ?? EMPTY_ROW;
  const values = kind === "write" ? [value ?? 0] : [...row.values, value ?? 0];
  view.rows.set(key, { values, count: row.count + 1, sum: row.sum + (value ?? 0) });
}

/** The rules of a projection's disk. */
export function viewDisk(standby: boolean): Ledgered<ViewDisk, ViewChange> {
  return {
    empty: () => ({ live: emptyView(), next: null, built: !standby }),
    apply: applyChange,
    copy: ({ live, next, built }) => ({ live: copyOf(live), next: next === null ? null : copyOf(next), built }),
  };
}

function applyChange(disk: ViewDisk, change: ViewChange): void {
  switch (change.type) {
    case "told":
      takeIn(disk.live, change.entry);
      if (disk.next !== null) takeIn(disk.next, change.entry);
      break;
    case "read": {
      const view = change.view === LIVE ? disk.live : disk.next;
      if (view === null) break;
      for (const entry of change.entries) takeIn(view, entry);
      view.progress[change.feed] = change.to;
      break;
    }
    case "rebuild":
      disk.next = emptyView();
      break;
    case "swap":
      if (disk.next === null) break;
      disk.live = disk.next;
      disk.next = null;
      disk.built = true;
  }
}

function copyOf({ rows, known, progress }: View): View {
  return { rows: new Map(rows), known: new Set(known), progress: progress.slice() };
}

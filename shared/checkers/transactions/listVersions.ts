import type { Transaction } from "../../history/transactions.ts";

/** An append of a value to a list: by which transaction, and whether it was that one's last to this list. */
export interface Append {
  readonly by: Transaction;
  readonly value: unknown;
  isLast: boolean;
}

/** What one read of a list found: all of it, and without what the same transaction had appended before. */
export interface Sight {
  readonly by: Transaction;
  readonly all: readonly unknown[];
  readonly found: readonly unknown[];
}

/** One list: who appended what, who read what, and the longest read, which is the order of its versions. */
export interface ListHistory {
  readonly key: string | number;
  readonly number: number;
  readonly appends: Map<unknown, Append>;
  readonly sights: Sight[];
  longest: Sight | undefined;
  /** A value that two appends share, so that a read of it does not name one. */
  repeated: unknown;
}

/**
 * Collects appends and reads by list. A read counts with what other transactions had appended: of a transaction's reads of
 * one list the first, and later ones too, without what it appended itself in between.
 */
export function listsOf(transactions: readonly Transaction[]): ListHistory[] {
  const lists = new Map<string | number, ListHistory>();
  const listOf = (key: string | number): ListHistory => {
    let list = lists.get(key);
    if (list === undefined) {
      list = { key, number: lists.size, appends: new Map(), sights: [], longest: undefined, repeated: undefined };
      lists.set(key, list);
    }
    return list;
  };
  for (const by of transactions) {
    const own = new Map<string | number, Append[]>();
    for (const { f, key, value } of by.steps) {
      const list = listOf(key);
      const mine = own.get(key);
      if (f === "append") {
        const append = { by, value, isLast: true };
        const before = mine?.at(-1);
        if (before !== undefined) before.isLast = false;
        if (list.appends.has(value)) list.repeated ??= value;
        list.appends.set(value, append);
        if (mine === undefined) own.set(key, [append]);
        else mine.push(append);
      } else if (by.outcome === "ok") {
        look(list, by, (value ?? []) as readonly unknown[], mine ?? []);
      }
    }
  }
  return [...lists.values()];
}

function look(list: ListHistory, by: Transaction, all: readonly unknown[], own: readonly Append[]): void {
  const found = own.length === 0 ? all : all.filter((element) => !own.some(({ value }) => value === element));
  const sight = { by, all, found };
  list.sights.push(sight);
  if (list.longest === undefined || all.length > list.longest.all.length) list.longest = sight;
}

/** Where two lists differ first; the shorter one's length when it is the beginning of the other. */
export function firstDifference(one: readonly unknown[], other: readonly unknown[]): number {
  const length = one.length < other.length ? one.length : other.length;
  let at = 0;
  while (at < length && one[at] === other[at]) at++;
  return at;
}

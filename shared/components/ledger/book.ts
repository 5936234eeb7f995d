/** Money that moved: never changed, and known everywhere under the same id. */
export interface Entry {
  /** The operation's number where the ledger is idempotent, so that the same operation is one entry. */
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly amount: number;
}

/** Who wrote an entry down first: a node in one of its lives. Nobody else adds to what an origin wrote. */
export type Origin = string;

/** How many entries of each origin a copy has. */
export type Have = readonly (readonly [Origin, number])[];

/** Entries of one origin, from a place on. */
export interface Batch {
  readonly origin: Origin;
  readonly from: number;
  readonly entries: readonly Entry[];
}

/**
 * One copy of all accounts, as the set of entries that it knows: balances follow from them. Copies that know the same
 * entries agree, in whatever order they came, and an entry moves money without making any: so copies converge, and every
 * one of them adds up, even while two of them let the same money be spent.
 * Source: Helland & Campbell 2009, "Building on quicksand", section 6 (the bank that clears cheques later).
 */
export interface Book {
  readonly opening: number;
  readonly balances: number[];
  readonly known: Set<string>;
  readonly origins: Map<Origin, Entry[]>;
}

/** A book in which nothing has moved. */
export function createBook(accounts: number, opening: number): Book {
  return { opening, balances: new Array<number>(accounts).fill(opening), known: new Set(), origins: new Map() };
}

/** Adds an entry of an origin. An id that is known moves no money again. */
export function enter({ balances, known, origins }: Book, origin: Origin, entry: Entry): void {
  const written = origins.get(origin);
  if (written === undefined) origins.set(origin, [entry]);
  else written.push(entry);
  if (known.has(entry.id)) return;
  known.add(entry.id);
  balances[entry.from]! -= entry.amount;
  balances[entry.to]! += entry.amount;
}

/** What all accounts hold together; the same in every book of a ledger, at every moment. */
export function totalOf({ balances }: Book): number {
  return balances.reduce((sum, balance) => sum + balance, 0);
}

/** Accounts below nothing. */
export function overdrawn({ balances }: Book): number {
  return balances.reduce((count, balance) => count + (balance < 0 ? 1 : 0), 0);
}

/** How far this book is, for others to send what it lacks. */
export function haveOf({ origins }: Book): Have {
  return [...origins].map(([origin, entries]) => [origin, entries.length]);
}

/** What this book has and another one has not, at most so many entries. */
export function missingFrom({ origins }: Book, have: Have, most: number): Batch[] {
  const theirs = new Map(have);
  const batches: Batch[] = [];
  let room = most;
  for (const [origin, entries] of origins) {
    const from = theirs.get(origin) ?? 0;
    const share = entries.slice(from, from + room);
    if (share.length > 0) batches.push({ origin, from, entries: share });
    room -= share.length;
    if (room <= 0) break;
  }
  return batches;
}

/** The entries of a batch that this book does not have yet; none when something before them is missing. */
export function newIn({ origins }: Book, { origin, from, entries }: Batch): readonly Entry[] {
  const have = origins.get(origin)?.length ?? 0;
  return have < from ? [] : entries.slice(have - from);
}

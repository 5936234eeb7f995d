import { invariant } from "../../core/invariant.ts";

/** Somebody's wish to have some accounts for itself. */
export interface Claim {
  readonly id: number;
  /** In ascending order, so that no two claims of one table wait for each other in a circle. */
  readonly accounts: readonly number[];
  /** How many of them it has, from the first on. */
  held: number;
}

/**
 * Locks of the accounts of one node: whoever comes first has an account, the others wait in their order. Lock and data
 * stand on the same machine, so no holder can outlive its lock and no fencing token is needed.
 * Source: Gray & Reuter 1993, section 8.4 (strict two-phase locking; ordered claims against deadlocks).
 */
export interface LockTable {
  readonly holders: Map<number, Claim>;
  readonly waiting: Map<number, Claim[]>;
  readonly claims: Map<number, Claim>;
}

/** A table in which every account is free. */
export function createLocks(): LockTable {
  return { holders: new Map(), waiting: new Map(), claims: new Map() };
}

/** Asks for accounts; true when all of them are there at once. */
export function claim(table: LockTable, id: number, accounts: readonly number[]): boolean {
  invariant(!table.claims.has(id), `locks: claim ${id} is made twice`);
  const sorted = [...new Set(accounts)].sort((a, b) => a - b);
  const it: Claim = { id, accounts: sorted, held: 0 };
  table.claims.set(id, it);
  return goOn(table, it);
}

/** Gives everything back that a claim had or waited for. Ids of the claims that are complete by it, in their order. */
export function release(table: LockTable, id: number): number[] {
  const it = table.claims.get(id);
  if (it === undefined) return [];
  table.claims.delete(id);
  const complete: number[] = [];
  it.accounts.forEach((account, place) => {
    if (place >= it.held) leave(table, account, it);
    else {
      table.holders.delete(account);
      const next = table.waiting.get(account)?.shift();
      if (next !== undefined && takes(table, next, account)) complete.push(next.id);
    }
  });
  return complete;
}

/** Accounts that somebody has. */
export function locksHeld({ holders }: LockTable): number {
  return holders.size;
}

/** Claims that wait for an account. */
export function locksWaiting({ claims }: LockTable): number {
  let count = 0;
  for (const { accounts, held } of claims.values()) if (held < accounts.length) count += 1;
  return count;
}

function goOn(table: LockTable, it: Claim): boolean {
  while (it.held < it.accounts.length) {
    const account = it.accounts[it.held]!;
    if (table.holders.has(account)) {
      const queue = table.waiting.get(account);
      if (queue === undefined) table.waiting.set(account, [it]);
      else queue.push(it);
      return false;
    }
    table.holders.set(account, it);
    it.held += 1;
  }
  return true;
}

function takes(table: LockTable, it: Claim, account: number): boolean {
  table.holders.set(account, it);
  it.held += 1;
  return goOn(table, it);
}

function leave(table: LockTable, account: number, it: Claim): void {
  const queue = table.waiting.get(account) ?? [];
  const place = queue.indexOf(it);
  if (place >= 0) queue.splice(place, 1);
}

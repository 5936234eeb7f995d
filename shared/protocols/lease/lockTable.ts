import { invariant } from "../../core/invariant.ts";
import { refusal, type Refusal } from "../../core/refusal.ts";
import type { Us } from "../../core/time.ts";

/** A lock that somebody holds, for a time that the lock server's clock measures. */
export interface Lease {
  readonly lock: number;
  /** Who holds it. A holder that restarts is another one: it does not know what it did. */
  readonly holder: number;
  /** Grows with every new lease of any lock: whoever sees a higher one knows that this holder has been followed. */
  readonly fencingToken: number;
  /** On the lock server's clock. */
  readonly expiresAtUs: Us;
}

/**
 * What a lock server knows: a pure state machine, driven by its clock and by what it is asked. It has to be durable: a
 * server that forgets its leases grants them twice, and one that forgets its last token hands out one again.
 * Source: Gray & Cheriton 1989, "Leases", section 2; Burrows 2006, "The Chubby lock service", section 2.4 (sequencers);
 * Kleppmann 2016, "How to do distributed locking" (fencing tokens).
 */
export interface LockTable {
  /** By lock; one that expired stays until somebody asks or `expire` is called. */
  readonly leases: Map<number, Lease>;
  lastToken: number;
}

/** A wish for a lease. */
export interface LeaseRequest {
  readonly lock: number;
  readonly holder: number;
  /** How long, counted from when the server grants it; > 0. */
  readonly leaseUs: Us;
}

/** A table without leases. */
export function createLockTable(): LockTable {
  return { leases: new Map(), lastToken: 0 };
}

/**
 * Grants a lock that nobody else holds. Its holder may ask again, as after a lost answer, and gets a new lease: if it got
 * the old one, a release of that which is still under way would free what it now believes to hold.
 */
export function acquire(table: LockTable, { lock, holder, leaseUs }: LeaseRequest, nowUs: Us): Lease | Refusal {
  invariant(leaseUs > 0, `lockTable: a lease of ${leaseUs} µs`);
  const held = leaseOf(table, lock, nowUs);
  if (held !== undefined && held.holder !== holder) return refusal("lockHeld", "Somebody else holds this lock.");
  table.lastToken += 1;
  const lease: Lease = { lock, holder, fencingToken: table.lastToken, expiresAtUs: nowUs + leaseUs };
  table.leases.set(lock, lease);
  return lease;
}

/** Prolongs a lease that has not expired. One that has is gone, even if nobody took it since. */
export function renew(table: LockTable, lease: Lease, leaseUs: Us, nowUs: Us): Lease | Refusal {
  const held = leaseOf(table, lease.lock, nowUs);
  if (held?.fencingToken !== lease.fencingToken) return refusal("leaseExpired", "This lease has run out.");
  const renewed: Lease = { ...held, expiresAtUs: Math.max(held.expiresAtUs, nowUs + leaseUs) };
  table.leases.set(lease.lock, renewed);
  return renewed;
}

/** Gives a lock back before its time; nothing happens when that lease is gone already. */
export function release(table: LockTable, { lock, fencingToken }: Pick<Lease, "lock" | "fencingToken">): void {
  if (table.leases.get(lock)?.fencingToken === fencingToken) table.leases.delete(lock);
}

/** Takes out and returns what has expired by now, in the order of granting. */
export function expire(table: LockTable, nowUs: Us): Lease[] {
  const expired = [...table.leases.values()].filter(({ expiresAtUs }) => expiresAtUs <= nowUs);
  for (const { lock } of expired) table.leases.delete(lock);
  return expired;
}

/** The lease on a lock that has not expired, if there is one. */
export function leaseOf(table: LockTable, lock: number, nowUs: Us): Lease | undefined {
  const lease = table.leases.get(lock);
  return lease !== undefined && lease.expiresAtUs > nowUs ? lease : undefined;
}

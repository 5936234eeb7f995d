import { usOf, type Us } from "../../core/time.ts";
import { majority } from "../majority.ts";
import type { PrimaryBackupIo, PrimaryBackupState } from "./state.ts";

/** What a replica knows of leases; all times are on its own clock. Nothing of it is on disk. */
export interface LeaseState {
  /** Primary: by replica, until when it may count on that replica's word. */
  readonly grantedUntilUs: Us[];
  /** Primary: it does not serve before, since leases given before its promotion may last as long. */
  quietUntilUs: Us;
  /** Backup: the view whose primary has its word, and until when. */
  promisedView: number;
  promisedUntilUs: Us;
  /** Backup: sending time, on the primary's clock, of the newest append that it gave its word on; −1 before any. */
  grantedAsOfUs: Us;
}

/** Nobody has anybody's word. */
export function createLeaseState(replicas: number): LeaseState {
  return {
    grantedUntilUs: new Array<Us>(replicas).fill(0),
    quietUntilUs: 0,
    promisedView: -1,
    promisedUntilUs: 0,
    grantedAsOfUs: -1,
  };
}

/**
 * Primary: may it serve? With leases it must have the word of a majority of its members, itself included, that they
 * follow nobody else for now. It counts each from when it asked, and stops `leaseMarginMs` early, so that clocks may
 * run differently by that much during a lease; how far they are apart does not matter.
 * Source: Gray & Cheriton 1989, "Leases: an efficient fault-tolerant mechanism for distributed file cache consistency",
 * sections 2 and 5 (clocks).
 */
export function holdsLease(state: PrimaryBackupState, io: PrimaryBackupIo): boolean {
  if (state.config.leaseMs === 0) return true;
  const nowUs = io.clockUs();
  if (nowUs < state.lease.quietUntilUs) return false;
  let words = 0;
  for (const member of state.members) {
    if (member === io.self || (state.lease.grantedUntilUs[member] ?? 0) > nowUs) words += 1;
  }
  return words >= majority(state.members.length);
}

/** Backup: gives its word to the primary that sent this append, unless another still has it. */
export function giveWord(state: PrimaryBackupState, io: PrimaryBackupIo, askedAtUs: Us): void {
  if (state.config.leaseMs === 0) return;
  const { lease, view } = state;
  const nowUs = io.clockUs();
  if (lease.promisedView !== view && nowUs < lease.promisedUntilUs) return;
  lease.promisedView = view;
  lease.promisedUntilUs = nowUs + usOf(state.config.leaseMs);
  lease.grantedAsOfUs = Math.max(lease.grantedAsOfUs, askedAtUs);
}

/** Primary: a replica gave its word on an append that left at `askedAtUs` of this node's clock. */
export function takeWord(state: PrimaryBackupState, from: number, askedAtUs: Us): void {
  if (askedAtUs < 0) return;
  const { lease, config } = state;
  const untilUs = askedAtUs + usOf(config.leaseMs - config.leaseMarginMs);
  lease.grantedUntilUs[from] = Math.max(lease.grantedUntilUs[from] ?? 0, untilUs);
}

/** A new primary, or one that restarts, waits as long as any lease from before may last. */
export function keepQuiet(state: PrimaryBackupState, io: PrimaryBackupIo): void {
  state.lease.grantedUntilUs.fill(0);
  state.lease.quietUntilUs = state.config.leaseMs === 0 ? 0 : io.clockUs() + usOf(state.config.leaseMs);
}

/** A backup that restarts has forgotten to whom it gave its word: it keeps the longest that it can have given. */
export function keepWord(state: PrimaryBackupState, io: PrimaryBackupIo): void {
  state.lease.promisedView = state.saved.view;
  state.lease.promisedUntilUs = io.clockUs() + usOf(state.config.leaseMs);
}

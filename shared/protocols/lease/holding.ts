import { invariant } from "../../core/invariant.ts";
import type { Us } from "../../core/time.ts";
import type { Lease } from "./lockTable.ts";

/** A lease as its holder sees it, by the holder's own clock. */
export interface Holding {
  readonly lock: number;
  readonly fencingToken: number;
  /** It does not act on the lock from then on. */
  readonly untilUs: Us;
}

/** How a lease was asked for. */
export interface Asking {
  /** The holder's clock when it asked: the server can only have granted the lease later. */
  readonly askedAtUs: Us;
  readonly leaseUs: Us;
  /** How far its clock and the server's may part during one lease: what it gives up of each; less than leaseUs. */
  readonly marginUs: Us;
}

/**
 * What a holder may believe of a lease that it was granted or that was renewed. It and the server never hold two beliefs
 * at once, unless their clocks part by more than the margin during the lease: how far apart they are does not matter.
 * An answer that comes after the holder gave the lock back, to what it asked before, is not to be believed.
 * Source: Gray & Cheriton 1989, "Leases", sections 2 and 5.
 */
export function hold({ lock, fencingToken }: Lease, { askedAtUs, leaseUs, marginUs }: Asking): Holding {
  invariant(marginUs < leaseUs, `holding: a margin of ${marginUs} µs leaves nothing of ${leaseUs} µs`);
  return { lock, fencingToken, untilUs: askedAtUs + leaseUs - marginUs };
}

/**
 * May the holder act now? A holder that looks, is paused and then acts, acts too late whatever this said: what it writes
 * has to carry its fencing token, and be checked where it is written (`passes`).
 */
export function stillHolds(holding: Holding, clockUs: Us): boolean {
  return clockUs < holding.untilUs;
}

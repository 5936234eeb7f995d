import type { ReplicaId } from "../protocol.ts";
import type { QuorumState } from "./state.ts";

/** Operations whose claims a replica remembers: a retry must come within so many later writes. */
const CLAIMS_MAX = 4_096;
/** Nodes of a group, coordinators outside of it included, are fewer than this. */
const NODES_MAX = 1_024;

/**
 * At linearizable an attempt at a write claims its operation while it asks for the newest version, and gives it a version
 * only if a majority grants the claim. Majorities meet, so an operation gets one version, however many attempts are under
 * way; a second one would make a value come back that others have overwritten since. An attempt that is not granted asks
 * again at every sweep: once a replica has stored the write, it is done.
 * The price: a retry of an attempt whose coordinator was lost between asking and placing can't succeed, and is refused.
 * Differs: Lynch & Shvartsman 1997 have no retries through other coordinators.
 * Simplified: a claim is durable as soon as it is made.
 */
export function claimHere(state: QuorumState, operation: number, attempt: number): boolean {
  const holder = state.claims.get(operation);
  if (holder !== undefined) return holder === attempt;
  state.claims.set(operation, attempt);
  if (state.claims.size > CLAIMS_MAX) state.claims.delete(state.claims.keys().next().value!);
  return true;
}

/** An attempt is given up that has placed nothing and never will: here, at least, another one may have its claim. */
export function releaseClaim(state: QuorumState, operation: number, attempt: number): void {
  if (state.claims.get(operation) === attempt) state.claims.delete(operation);
}

/** A number for an attempt that no coordinator has given before. */
export function nextAttempt(state: QuorumState, coordinator: ReplicaId): number {
  state.nextToken += 1;
  return state.nextToken * NODES_MAX + coordinator;
}

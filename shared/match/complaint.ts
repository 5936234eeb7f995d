import type { Reply } from "../sim/message.ts";
import { words } from "../core/names.ts";

/** What a refusal of a component means to people. */
const REASONS: Readonly<Record<string, string>> = {
  queueFull: "queue full",
  fenced: "fenced",
  insufficientFunds: "not enough money there",
  leaderUnreachable: "who decides for the account is out of reach",
  lockTimeout: "the account was locked for too long",
  participantSilent: "not everybody voted in time",
  pending: "an order for it is under way",
  partial: "part of the feed is out of reach",
  internalError: "internal error",
  noHealthyNode: "no healthy node to ask",
  shardSilent: "a shard did not answer in time",
  moving: "its keys are moving to another shard",
  noLeader: "no leader",
  notPrimary: "not the primary",
  tooStale: "too stale to answer",
  quorumUnreachable: "no quorum within reach",
  noLease: "its lease has run out",
  leaseExpired: "its lease on the account had run out",
  steppedDown: "leader stepped down",
  timeout: "what it called did not answer in time",
  breakerOpen: "its circuit breaker is open",
  bulkheadFull: "all its places for that call are taken",
  abandoned: "given up on before it began",
  rateLimited: "over the rate limit",
  partnerDown: "the partner is down",
  partnerBusy: "the partner is busy",
  partnerError: "the partner failed",
  notBuilt: "its read model was never built",
  notUnderstood: "it does not take such a request",
  conflict: "others changed it at the same time, too often",
};

/**
 * What the client of a failed request was told; `reply` is null when it heard nothing. It is all that anybody can know
 * while the match runs: what was behind it, the debrief tells.
 */
export function complaintOf(reply: Reply | null): string {
  return reply === null ? "no answer" : (REASONS[reply.reason] ?? words(reply.reason));
}

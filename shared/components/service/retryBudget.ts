/**
 * Keeps retries to a share of all requests, whatever goes wrong: each request puts a part of a token into a bucket, and
 * each retry takes a whole one out. A caller that fails seldom may retry freely; one whose callee is down adds that share
 * to its load and no more.
 * Source: Beyer et al. 2016, Site Reliability Engineering, chapter 21 (10 %); Finagle's RetryBudget.
 * Simplified: tokens don't expire; a full bucket holds ten.
 */
export interface RetryBudget {
  tokens: number;
}

/** Tokens of a full bucket, as in gRPC's retry throttling. */
export const FULL_BUCKET = 10;

export function createRetryBudget(): RetryBudget {
  return { tokens: FULL_BUCKET };
}

/** A request was sent for the first time; `share` (0 to 1) of one retry is earned. */
export function deposit(budget: RetryBudget, share: number): void {
  budget.tokens = Math.min(FULL_BUCKET, budget.tokens + share);
}

/** Takes the token for a retry; false when there is none. With a share of 1 there is no bound. */
export function withdraw(budget: RetryBudget, share: number): boolean {
  if (share >= 1) return true;
  // Tenths don't add up exactly: ten of them are one token.
  if (budget.tokens < 1 - 1e-9) return false;
  budget.tokens = Math.max(0, budget.tokens - 1);
  return true;
}
